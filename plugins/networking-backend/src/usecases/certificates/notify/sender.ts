import { createHash } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { CertificateKey } from '../../../io/database';
import type { CertificateMessage } from './message';

/** By which people choose what they are told of. */
const TOPIC = 'certificates';
/** Then nothing is sent before the next run. */
const MAX_FAILURES = 3;

/** Sends, and says once what keeps it from sending. */
export function createSender(options: {
  notifications: NotificationService;
  logger: LoggerService;
}) {
  const { notifications, logger } = options;
  let failures = 0;
  let successes = 0;
  let complaint: 'not installed' | 'fails' | undefined;
  const complain = (
    about: NonNullable<typeof complaint>,
    say: () => void,
  ): void => {
    if (complaint !== about) say();
    complaint = about;
  };
  return {
    /** Of a run. What was complained of is over once all of a run could be sent. */
    begin() {
      if (failures === 0 && successes > 0) complaint = undefined;
      failures = 0;
      successes = 0;
    },
    isGivenUp: () => failures >= MAX_FAILURES,
    /** False where it is to be tried again. */
    async send(
      { cluster, certificate }: CertificateKey,
      to: string,
      message: CertificateMessage,
    ): Promise<boolean> {
      // One for each certificate and recipient: what is worse takes the place of what was told before.
      const scope = createHash('sha256')
        .update(JSON.stringify([cluster, certificate, to]))
        .digest('base64url');
      try {
        await notifications.send({
          recipients: { type: 'entity', entityRef: to },
          payload: { ...message, topic: TOPIC, scope: `certificate:${scope}` },
        });
        successes += 1;
        return true;
      } catch (error) {
        // The service's error has no status of its own.
        if (/\bstatus 404\b/.test(toError(error).message)) {
          failures = MAX_FAILURES;
          complain('not installed', () =>
            logger.info(
              'Nobody is told of certificates in trouble: the notifications plugin is not installed',
            ),
          );
          return false;
        }
        failures += 1;
        complain('fails', () =>
          logger.warn(
            'A notification about a certificate could not be sent; it is tried again in a minute',
            toError(error),
          ),
        );
        return false;
      }
    },
  };
}
