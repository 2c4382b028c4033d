import { readFile } from 'node:fs/promises';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  schema?: unknown;
}

type Content = Record<string, { schema?: unknown }>;

interface Operation {
  operationId?: string;
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content?: Content };
  responses: Record<string, { $ref?: string; content?: Content }>;
}

/** As much of an OpenAPI document as is looked at. */
export interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation | Parameter[]>>;
}

/** One request and its answer. */
export interface Exchange {
  method: string;
  /** Path under the plugin's own, without the query: `/v1/exposures`. */
  path: string;
  query: URLSearchParams;
  requestBody?: unknown;
  status: number;
  contentType: string;
  /** Parsed where the answer is JSON, else text. */
  body: unknown;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];
const escape = (key: string) =>
  encodeURIComponent(key.replace(/~/g, '~0').replace(/\//g, '~1'));
const bare = (contentType: string) => contentType.split(';')[0].trim();

/** The OpenAPI document of the backend, to hold traffic against. */
export class Contract {
  private readonly ajv: Ajv;
  private readonly compiled = new Map<string, ValidateFunction>();
  readonly operations: string[];

  constructor(private readonly document: Document) {
    this.ajv = new Ajv({
      strict: false,
      allErrors: true,
      validateSchema: false,
      coerceTypes: false,
    });
    addFormats(this.ajv);
    this.ajv.addSchema(document, 'contract');
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      METHODS.filter(method => method in item).map(
        method => `${method.toUpperCase()} ${path}`,
      ),
    );
  }

  static async fromFile(file: string): Promise<Contract> {
    return new Contract(parse(await readFile(file, 'utf8')));
  }

  private find(exchange: Exchange) {
    const paths = Object.keys(this.document.paths).filter(path =>
      new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(
        exchange.path,
      ),
    );
    // OpenAPI: a concrete path is matched before a templated one.
    paths.sort((a, b) => Number(a.includes('{')) - Number(b.includes('{')));
    const path = paths[0];
    const method = exchange.method.toLowerCase();
    const operation = path && this.document.paths[path][method];
    return operation && !Array.isArray(operation)
      ? { path, method, operation }
      : undefined;
  }

  /** `GET /v1/exposures`, as in `operations`; undefined where the document has no such operation. */
  operationOf(exchange: Exchange): string | undefined {
    const found = this.find(exchange);
    return found && `${found.method.toUpperCase()} ${found.path}`;
  }

  private check(pointer: string, value: unknown): string[] {
    let validate = this.compiled.get(pointer);
    if (!validate) {
      validate = this.ajv.compile({ $ref: `contract#${pointer}` });
      this.compiled.set(pointer, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      error => `${error.instancePath || '(root)'} ${error.message}`,
    );
  }

  private resolve<T extends object>(
    value: T & { $ref?: string },
  ): {
    value: T;
    pointer?: string;
  } {
    if (!value.$ref) return { value };
    const pointer = value.$ref.replace(/^#/, '');
    const target = pointer
      .split('/')
      .slice(1)
      .reduce<unknown>(
        (node, key) =>
          (node as Record<string, unknown>)[
            decodeURIComponent(key).replace(/~1/g, '/').replace(/~0/g, '~')
          ],
        this.document,
      );
    return { value: target as T, pointer };
  }

  /**
   * Sentences that say where an exchange departs from the document; empty where it does not. Requests that were
   * refused with 400 are not held against the request's own schema.
   */
  violations(exchange: Exchange): string[] {
    const found = this.find(exchange);
    const title = `${exchange.method} ${exchange.path} → ${exchange.status}`;
    if (!found) return [`${title}: the contract has no such operation`];
    const { path, method, operation } = found;
    const base = `/paths/${escape(path)}/${method}`;
    const problems: string[] = [];

    if (exchange.status !== 400) {
      problems.push(...this.requestProblems(exchange, operation, base));
    }

    const status = [
      String(exchange.status),
      `${String(exchange.status)[0]}XX`,
      'default',
    ].find(key => key in operation.responses);
    if (!status) {
      return [
        ...problems,
        `status ${exchange.status} is not in the contract`,
      ].map(problem => `${title}: ${problem}`);
    }
    const { value: response, pointer } = this.resolve(
      operation.responses[status],
    );
    const type = bare(exchange.contentType);
    const content = response.content ?? {};
    if (Object.keys(content).length === 0) {
      if (exchange.body !== '' && exchange.body !== undefined) {
        problems.push('the contract says that there is no body');
      }
    } else if (!(type in content)) {
      problems.push(`content type ${type} is not in the contract`);
    } else if (content[type].schema) {
      problems.push(
        ...this.check(
          `${pointer ?? `${base}/responses/${status}`}/content/${escape(
            type,
          )}/schema`,
          exchange.body,
        ),
      );
    }
    return problems.map(problem => `${title}: ${problem}`);
  }

  private requestProblems(
    exchange: Exchange,
    operation: Operation,
    base: string,
  ): string[] {
    const problems: string[] = [];
    const parameters = (operation.parameters ?? []).map(
      parameter => this.resolve(parameter).value,
    );
    const query = parameters.filter(parameter => parameter.in === 'query');
    for (const name of exchange.query.keys()) {
      if (!query.some(parameter => parameter.name === name)) {
        problems.push(`query parameter ${name} is not in the contract`);
      }
    }
    if (exchange.status < 300) {
      for (const parameter of query) {
        if (parameter.required && !exchange.query.has(parameter.name)) {
          problems.push(`query parameter ${parameter.name} is required`);
        }
      }
    }
    if (exchange.requestBody !== undefined) {
      if (operation.requestBody?.content?.['application/json']?.schema) {
        problems.push(
          ...this.check(
            `${base}/requestBody/content/application~1json/schema`,
            exchange.requestBody,
          ).map(problem => `request: ${problem}`),
        );
      } else {
        problems.push('the contract knows no request body');
      }
    }
    return problems;
  }
}
