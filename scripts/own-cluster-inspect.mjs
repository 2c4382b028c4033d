/**
 * Prints, as JSON, what a context of a kubeconfig leads to: its server and its namespaces. Reads and changes nothing else.
 * A process of its own, because it needs Node 24 and an installed package.
 *
 *   own-cluster-inspect.mjs FILE CONTEXT
 */
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';

const ANSWER_WITHIN_MS = 15_000;

async function inspect(file, context) {
  const kubeConfig = new KubeConfig();
  try {
    kubeConfig.loadFromFile(file);
  } catch (error) {
    return { problem: 'file', message: firstLine(error) };
  }
  const contexts = kubeConfig.getContexts().map(({ name }) => name);
  if (!contexts.includes(context)) {
    return { problem: 'context', contexts };
  }
  kubeConfig.setCurrentContext(context);
  const server = kubeConfig.getCurrentCluster()?.server;
  if (!server) {
    return { problem: 'cluster' };
  }
  try {
    const { items } = await Promise.race([
      kubeConfig.makeApiClient(CoreV1Api).listNamespace(),
      new Promise((_, reject) => {
        setTimeout(
          () =>
            reject(new Error(`no answer within ${ANSWER_WITHIN_MS / 1000} s`)),
          ANSWER_WITHIN_MS,
        ).unref();
      }),
    ]);
    return { server, namespaces: items.map(({ metadata }) => metadata.name) };
  } catch (error) {
    // Who may not list namespaces may still use some of them.
    return error.code === 403
      ? { server }
      : { server, problem: 'answer', message: firstLine(error) };
  }
}

const firstLine = error =>
  String(error.cause?.message || error.message || error.code)
    .split('\n')[0]
    .replace(/^request to .* reason: /, '');

const [file, context] = process.argv.slice(2);
const result = await inspect(file, context);
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit());
