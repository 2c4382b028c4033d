import type { Sentence } from '../findings/declare';
import type { Claimed, Despite } from '../verdicts/parentReasons';
import { seenWords } from './backend';
import { listenerWords, objectWords } from './words';

/** A clause after "although". */
const CLAIMS: Record<Despite['claim'], (title: string) => string> = {
  refused: title => `the gateway's controller doesn't accept ${title}`,
  undecided: title =>
    `the gateway's controller hasn't decided about ${title} yet`,
  refsUnusable: title =>
    `the gateway's controller says that it can't use what ${title} refers to`,
  noBackend: title =>
    `the gateway's controller says that nothing behind ${title} is available`,
  notSetUp: title => `the gateway's controller hasn't set up ${title}`,
  conflicted: title =>
    `the gateway's controller finds a conflict with ${title}`,
  detached: title => `the gateway's controller has put ${title} out of use`,
  notRun: title => `the gateway's controller says that it doesn't run ${title}`,
};

/** What is said of a word that an answer stands against: both are told, and the remedy stays. */
export const unlessAnswered =
  <P extends Claimed>(say: (params: P) => Sentence) =>
  (params: P): Sentence => {
    const { despite } = params;
    if (!despite) return say(params);
    const { seen, claim, of, listener } = despite;
    const title =
      listener === undefined
        ? objectWords(of)
        : listenerWords({ listener, holder: of });
    return {
      ...say(params),
      message: `${seenWords(seen)}, although ${CLAIMS[claim](
        title,
      )}. Requests may stop being answered with the next change.`,
    };
  };
