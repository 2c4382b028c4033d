/**
 * What becomes of one request:
 *
 * - `shown`: an answer that names the exposure of the shop;
 * - `hidden`: an answer that names nothing of it;
 * - `answered`: an answer about the platform, which names no exposure;
 * - `planned`: a plan of what would be created; `refused`: a plan that says why it would not be;
 * - `done`: the cluster is changed as asked;
 * - `401`, `403`, `404`: refused, and the cluster is as before;
 * - `no`: refused with 403 or 404, which says as little, and the cluster is as before.
 */
export type Expected =
  | 'shown'
  | 'hidden'
  | 'answered'
  | 'done'
  | '401'
  | '403'
  | '404'
  | 'no';

/** Who asks. Tokens of services are named by their access restrictions. */
export const PERSONAS = [
  'nobody',
  'guest',
  'owner',
  'other',
  'admin',
  'unlimited',
  'plugin',
  'plugin+catalog',
  'attribute:read',
  'attribute:update',
  'read',
  'create',
  'create-catalog',
  'delete',
  'renew',
] as const;

export type Persona = (typeof PERSONAS)[number];

/** A row for each operation of the contract, a column for each persona, about the shop of `owner`. */
const HTTP = `
operation            nobody guest    owner    other    admin    unlimited plugin   plugin+catalog attribute:read attribute:update read     create   create-catalog delete   renew
ReadExposures        401    shown    shown    shown    shown    shown     shown    shown          shown          hidden           shown    hidden   hidden         hidden   hidden
ApplyExposure        401    403      done     403      done     403       403      403            403            403              403      done     403            403      403
ReadHosts            401    shown    shown    shown    shown    shown     shown    shown          shown          hidden           shown    hidden   hidden         hidden   hidden
ReadExposure         401    shown    shown    shown    shown    shown     no       shown          shown          no               shown    no       no             no       no
DeleteExposure       401    403      done     403      done     403       no       403            403            no               403      no       no             done     no
ProbeExposure        401    shown    shown    shown    shown    shown     no       shown          shown          no               shown    no       no             no       no
CreatePlan           401    403      planned  403      planned  refused   403      refused        403            no               403      planned  403            403      403
ListServices         401    403      answered 403      answered answered  403      answered       403            no               403      answered 403            403      403
ReadPlatform         401    403      403      403      answered answered  answered answered       answered       403              403      403      403            403      403
ReadSettings         401    403      403      403      answered answered  answered answered       answered       403              403      403      403            403      403
ReadCa               401    answered answered answered answered answered  answered answered       answered       answered         answered answered answered       answered answered
ReadCertificates     401    403      403      403      shown    shown     shown    shown          shown          403              403      403      403            403      403
RenewCertificate     401    403      403      403      done     403       403      403            403            403              403      403      403            403      done
ReadIssuanceHistory  401    answered answered answered answered answered  answered answered       answered       no               answered no       no             no       no
`;

/** By the template "Expose service", and by a template with nothing but the action. */
export const SCAFFOLDER: Record<Persona, 'done' | 'refused'> = {
  nobody: 'refused',
  guest: 'refused',
  owner: 'done',
  other: 'refused',
  admin: 'done',
  unlimited: 'refused',
  plugin: 'refused',
  'plugin+catalog': 'refused',
  'attribute:read': 'refused',
  'attribute:update': 'refused',
  read: 'refused',
  create: 'refused',
  'create-catalog': 'refused',
  delete: 'refused',
  renew: 'refused',
};

const [[, ...columns], ...rows] = HTTP.trim()
  .split('\n')
  .map(line => line.trim().split(/\s+/));

/** By operationId, then by persona. */
export const EXPECTED: Record<
  string,
  Record<string, Expected>
> = Object.fromEntries(
  rows.map(([operation, ...cells]) => [
    operation,
    Object.fromEntries(
      columns.map((persona, index) => [persona, cells[index] as Expected]),
    ),
  ]),
);
