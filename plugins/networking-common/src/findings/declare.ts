import type { Finding } from './types';

/**
 * What a reason means to whoever asked, whatever the object:
 * - `notYours`: it is not theirs to do.
 * - `conflict`: what is there stands against it.
 * - `unavailable`: something that is needed does not answer.
 * - `invalid`: it cannot work as it is written; waiting changes nothing.
 * - `passes`: it is over by itself.
 * - `trouble`: something else is wrong.
 * - `note`: nothing is wrong.
 * @public
 */
export type ReasonClass =
  | 'notYours'
  | 'conflict'
  | 'unavailable'
  | 'invalid'
  | 'passes'
  | 'trouble'
  | 'note';

/** What follows from a reason. @public */
export interface ReasonTraits {
  class: ReasonClass;
  /** May changing the exposure be the way out? */
  isMendedByEditing?: true;
}

/** A reason with the shape of the parameters that its sentence takes. */
export interface Declaration<P extends object> extends ReasonTraits {
  /** Holds the type alone. */
  readonly params?: P;
}

/** By reason. */
export type Declarations = Readonly<Record<string, Declaration<object>>>;

/** The parameters of a reason. */
export type ParamsOf<D, R extends keyof D> = D[R] extends Declaration<infer P>
  ? P
  : never;

type NoParams = Record<never, never>;

const declare =
  (of: ReasonClass) =>
  <P extends object = NoParams>(
    traits?: Omit<ReasonTraits, 'class'>,
  ): Declaration<P> => ({ class: of, ...traits });

export const notYours = declare('notYours');
export const conflict = declare('conflict');
export const unavailable = declare('unavailable');
export const invalid = declare('invalid');
export const passes = declare('passes');
export const trouble = declare('trouble');
export const note = declare('note');

/** A finding as people read it. */
export interface Sentence {
  /** What happens to requests. */
  message: string;
  /** One thing to do, in the imperative, naming the object. */
  remedy?: string;
}

/** One sentence for each reason that is declared, and for no other. */
export type SentencesOf<D> = {
  readonly [R in keyof D]: (params: ParamsOf<D, R>) => Sentence;
};

/** What a check gives of a finding: its severity follows from what the check makes of it. */
export type Found<D, R extends keyof D> = {
  params: ParamsOf<D, R>;
} & Pick<Finding, 'actor' | 'subject' | 'details'>;

/** Makes findings of the reasons of one folder. */
export const findingsOf =
  <D>(sentences: SentencesOf<D>) =>
  <R extends keyof D & string>(
    reason: R,
    { params, ...rest }: Found<D, R>,
  ): Omit<Finding, 'severity'> => ({
    reason,
    params,
    ...sentences[reason](params),
    ...rest,
  });
