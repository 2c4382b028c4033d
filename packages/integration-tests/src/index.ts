/**
 * What the browser test and the benchmark share with the integration tests.
 *
 * @packageDocumentation
 */
export * from './host/backendProcess';
export * from './host/backstageProcess';
export * from './world/auditLog';
export * from './world/gateway';
export * from './world/handMade';
export * from './world/handshakes';
export * from './world/tcpProxy';
export * from './world/testPlatform';
export * from './world/waitFor';
export * from './world/admin';
export * from './paths';
