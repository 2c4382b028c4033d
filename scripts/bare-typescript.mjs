/**
 * Preloaded (`node --import`) to run TypeScript of this repo before any package is installed: Node 24 strips the types,
 * this fills in what the sources leave to the CLI's transform, which is itself a package. They may import only what comes
 * with Node and each other.
 */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const SOURCE_ENDINGS = ['.ts', '/index.ts'];

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (/^\.\.?(\/|$)/.test(specifier) && context.parentURL?.endsWith('.ts')) {
      for (const ending of SOURCE_ENDINGS) {
        const url = new URL(`${specifier}${ending}`, context.parentURL);
        if (existsSync(fileURLToPath(url))) {
          return nextResolve(url.href, context);
        }
      }
    }
    return nextResolve(specifier, context);
  },
  load(url, context, nextLoad) {
    if (!url.endsWith('.ts')) {
      return nextLoad(url, context);
    }
    // The packages say nothing of modules, and their sources use names of CommonJS beside `import`.
    const loaded = nextLoad(url, { ...context, format: 'module-typescript' });
    return {
      ...loaded,
      source: `const __filename = import.meta.filename, __dirname = import.meta.dirname; ${loaded.source}`,
    };
  },
});
