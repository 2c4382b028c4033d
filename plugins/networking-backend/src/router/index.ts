export { createRouter } from './createRouter';
export { readOpenApiDocument } from './openApiDocument';
