import {
  hostOf,
  type Exposure,
  type ExposureRequest,
  type Finding,
} from 'backstage-plugin-networking-common';
import { SUFFIX, finding } from './basics';

const labelIsValid = (label: string) =>
  /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label);

/** What stands against the host that a request asks for, where `present` has it already. */
export function hostFindings(
  request: ExposureRequest,
  present: Exposure | undefined,
  isOwn: boolean,
): Finding[] {
  const { hostLabel = '' } = request;
  const subject = {
    kind: 'Host',
    name: hostLabel,
    cluster: 'local',
    field: 'hostLabel',
  };
  if (!labelIsValid(hostLabel)) {
    return [
      finding('HostLabelInvalid', `"${hostLabel}" is no DNS label.`, {
        severity: 'blocking',
        remedy:
          'Use lower-case letters, digits and dashes, beginning and ending with a letter or digit.',
        subject,
      }),
    ];
  }
  if (present && !isOwn) {
    return [
      finding(
        'HostTaken',
        `Host ${hostOf(hostLabel, SUFFIX)} belongs to a route of another team.`,
        {
          severity: 'blocking',
          remedy: 'Choose another host label.',
          subject,
        },
      ),
    ];
  }
  return [];
}
