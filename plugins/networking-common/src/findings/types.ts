/**
 * How much a finding matters. `blocking` stops a write; `confirm` stops one that does not say `replace`, since it takes
 * live requests from where they go now; `error` means requests fail; `warning` means something will hurt; `info` is
 * worth knowing.
 * @public
 */
export type Severity = 'blocking' | 'confirm' | 'error' | 'warning' | 'info';

/** What a finding is about. `field` is a path in an exposure request or in the object. @public */
export interface Subject {
  kind: string;
  name: string;
  namespace?: string;
  cluster?: string;
  field?: string;
}

/** An object as a sentence names it. @public */
export interface ObjectName {
  kind: string;
  name: string;
  namespace?: string;
}

/**
 * Who can do something about it: whoever reads it of their own exposure, the platform's admins, the owners of an object, or
 * nobody, as it passes by itself.
 * @public
 */
export type Actor =
  | { is: 'reader' }
  | { is: 'platform' }
  | { is: 'owner'; of: ObjectName }
  | { is: 'nobody' };

/**
 * One fact worth acting on, as data.
 *
 * `reason` is a constant in UpperCamelCase that programs may rely on, and `params` are what its sentence is filled with: their
 * shape goes with the reason. `actor` is whose it is. `details` holds the raw condition or error behind it, shown one click away.
 * `message` and `remedy` are the sentence in English, for people: no program decides by them.
 * @public
 */
export interface Finding {
  reason: string;
  severity: Severity;
  params?: object;
  actor?: Actor;
  message: string;
  remedy?: string;
  subject: Subject;
  details?: Record<string, string>;
}
