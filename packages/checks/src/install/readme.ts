import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY } from 'integration-tests';

/** A block of code in a section of the README, under one of its numbered steps. */
export interface Block {
  /** `Frontend`; empty before the first step. */
  step: string;
  /** `sh`, `ts`, … */
  language: string;
  text: string;
}

/**
 * The blocks of code in a section of the README, in their order.
 *
 * @param heading - `## Add it to your Backstage`
 * @throws Error where there is no such section
 */
export async function readmeBlocks(heading: string): Promise<Block[]> {
  const text = await readFile(join(REPOSITORY, 'README.md'), 'utf8');
  const lines = text.split('\n');
  const start = lines.indexOf(heading);
  if (start < 0) throw new Error(`README.md has no section '${heading}'.`);
  const length = lines
    .slice(start + 1)
    .findIndex(line => line.startsWith('## '));
  const section = lines.slice(
    start + 1,
    length < 0 ? undefined : start + 1 + length,
  );
  const blocks: Block[] = [];
  let step = '';
  let open: { language: string; lines: string[] } | undefined;
  for (const line of section) {
    const fence = /^```(\w*)$/.exec(line);
    if (open && fence) {
      blocks.push({
        step,
        language: open.language,
        text: open.lines.join('\n'),
      });
      open = undefined;
    } else if (open) {
      open.lines.push(line);
    } else if (fence) {
      open = { language: fence[1], lines: [] };
    } else {
      step = /^\*\*\d+\. (.+?)\.\*\*/.exec(line)?.[1] ?? step;
    }
  }
  return blocks;
}

/** Hands out the blocks of a section one after the other, so that none is left out or taken for another. */
export class Blocks {
  readonly #left: Block[];

  /** @param folder - In place of `/tmp`, where others may have left something of the same name. */
  constructor(blocks: readonly Block[], private readonly folder: string) {
    this.#left = [...blocks];
  }

  /** @throws Error where the next block is another one */
  next(step: string, language: string): string {
    const block = this.#left.shift();
    if (block?.step !== step || block.language !== language) {
      throw new Error(
        `The next block of README.md is ${
          block ? `${block.language} of '${block.step}'` : 'none'
        }, not ${language} of '${step}'. Have the check do what README.md says now.`,
      );
    }
    return block.text.replaceAll('/tmp/', `${this.folder}/`);
  }

  /** @throws Error where a block was not handed out */
  end(): void {
    const [block] = this.#left;
    if (block) {
      throw new Error(
        `The check does nothing with a block of README.md, ${block.language} of '${block.step}':\n${block.text}`,
      );
    }
  }
}
