/** A kubeconfig (JSON is YAML) for one user of one server, whose CA is named by its file. */
export function kubeconfig(options: {
  url: string;
  caFile: string;
  token: string;
}): string {
  const name = 'local';
  return `${JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': name,
      clusters: [
        {
          name,
          cluster: {
            server: options.url,
            'certificate-authority': options.caFile,
          },
        },
      ],
      users: [{ name, user: { token: options.token } }],
      contexts: [{ name, context: { cluster: name, user: name } }],
    },
    undefined,
    2,
  )}\n`;
}
