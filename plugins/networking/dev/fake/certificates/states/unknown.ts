import { secondsAgo } from '../../basics';
import { condition, factsOf, statusOf } from '../facts';
import { type CertificateState } from './state';

/** What is not known, or not yet. */
export const unknown = (): CertificateState[] => [
  {
    label: 'first-issuance',

    facts: factsOf('first-issuance', {
      certificate: statusOf('first-issuance', {
        revision: undefined,
        notBefore: undefined,
        notAfter: undefined,
        renewalTime: undefined,
        createdAt: secondsAgo(20),
        request: undefined,
        nextRequest: {
          name: 'first-issuance-cert-1',
          revision: 1,
          createdAt: secondsAgo(18),
          conditions: [
            condition(
              'Ready',
              'False',
              'Pending',
              'Waiting on certificate issuance from order',
              18,
            ),
          ],
        },
        conditions: [
          condition(
            'Issuing',
            'True',
            'DoesNotExist',
            'Issuing certificate as Secret does not exist',
            20,
          ),
          condition(
            'Ready',
            'False',
            'DoesNotExist',
            'Issuing certificate as Secret does not exist',
            20,
          ),
        ],
      }),
      leaf: undefined,
    }),
    served: null,
    renewable: { possible: false, why: 'It is being issued at this moment.' },
  },
  {
    label: 'not-known',

    facts: {
      secret: { namespace: 'kube-system', name: 'not-known-tls' },
      unknown:
        'No Certificate of cert-manager fills Secret kube-system/not-known-tls.',
    },
    served: null,
    renewable: {
      possible: false,
      why: 'No Certificate of cert-manager fills Secret kube-system/not-known-tls.',
    },
  },
];
