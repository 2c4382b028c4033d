import { isRecord, numberOf, textOf } from '../../gateway-api/lenient';
import { shownText, timeText } from './texts';
import type { CoreEvent, IssuanceEvent } from './types';

/** Undefined for one that does not say when, or of what. */
export function issuanceEvent(
  event: CoreEvent,
  secrets: readonly string[],
): IssuanceEvent | undefined {
  const { involvedObject, series, source } = event;
  const [kind, name] = [involvedObject?.kind, involvedObject?.name].map(textOf);
  const times = [
    isRecord(series) ? series.lastObservedTime : undefined,
    event.lastTimestamp,
    event.eventTime,
    event.firstTimestamp,
    event.metadata?.creationTimestamp,
  ].map(timeText);
  const lastAt = times.find(time => time !== undefined);
  if (kind === undefined || name === undefined || lastAt === undefined) {
    return undefined;
  }
  const namespace = textOf(involvedObject?.namespace);
  const firstAt = timeText(event.firstTimestamp) ?? timeText(event.eventTime);
  const reportedBy =
    textOf(isRecord(source) ? source.component : undefined) ??
    textOf(event.reportingComponent);
  const count =
    numberOf(isRecord(series) ? series.count : undefined) ??
    numberOf(event.count) ??
    1;
  return {
    about: { kind, ...(namespace !== undefined && { namespace }), name },
    type: event.type === 'Warning' ? 'Warning' : 'Normal',
    reason: shownText(textOf(event.reason) ?? '', secrets),
    message: shownText(textOf(event.message) ?? '', secrets),
    count: Math.max(1, Math.trunc(count)),
    ...(firstAt !== undefined && { firstAt }),
    lastAt,
    ...(reportedBy !== undefined && { reportedBy }),
  };
}
