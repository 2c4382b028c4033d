import { useNow } from '../../hooks/useNow';
import { absoluteTime, relativeTime } from '../../lib/time';
import { useT } from '../../translation';

/** A time in full and how far away it is, past or to come: for facts, where the time itself is what is looked for. */
export function Moment(props: { iso: string }) {
  const t = useT();
  const ticked = useNow();
  // What has come since the last tick of the clock is no time to come.
  const past = Math.min(Date.parse(props.iso) || 0, Date.now());
  const time = absoluteTime(props.iso);
  const age = relativeTime(t, props.iso, Math.max(ticked, past));
  return (
    <time dateTime={props.iso}>
      {age ? t('time.withAge', { time, age }) : time}
    </time>
  );
}
