import { useNow } from '../../hooks/useNow';
import { absoluteTime, relativeTime } from '../../lib/time';

/** A time in full and how far away it is, past or to come: for facts, where the time itself is what is looked for. */
export function Moment(props: { iso: string }) {
  const age = relativeTime(props.iso, useNow());
  return (
    <time dateTime={props.iso}>
      {absoluteTime(props.iso)}
      {age && ` (${age})`}
    </time>
  );
}
