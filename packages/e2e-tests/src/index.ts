/**
 * The browser of the browser test.
 *
 * @packageDocumentation
 */
export * from './browser/chromium';
export * from './browser/launchBrowser';
