/** Where objects of a kind are served. */
export interface ApiResource {
  /** Plural name in URLs. */
  name: string;
  namespaced: boolean;
}

/** The part of an APIResourceList that is used. */
export interface ApiResourceList {
  resources?: { name: string; kind: string; namespaced: boolean }[];
}

/** Subresources (`pods/status`) share the kind of their resource and are left out. */
export function findResource(
  list: ApiResourceList,
  kind: string,
): ApiResource | undefined {
  const found = list.resources?.find(
    resource => resource.kind === kind && !resource.name.includes('/'),
  );
  return found && { name: found.name, namespaced: found.namespaced };
}

/** `/api/v1` for the core group, `/apis/<group>/<version>` for others. */
export function groupPath(apiVersion: string): string {
  return apiVersion.includes('/')
    ? `/apis/${apiVersion}`
    : `/api/${apiVersion}`;
}

/** Path of a collection, or of one object where `name` is given. */
export function resourcePath(
  apiVersion: string,
  resource: ApiResource,
  namespace: string | undefined,
  name?: string,
): string {
  const inNamespace =
    resource.namespaced && namespace
      ? `/namespaces/${encodeURIComponent(namespace)}`
      : '';
  const path = `${groupPath(apiVersion)}${inNamespace}/${resource.name}`;
  return name === undefined ? path : `${path}/${encodeURIComponent(name)}`;
}
