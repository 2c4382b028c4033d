import { useNow } from '../../hooks/useNow';
import { Hidden } from '../Hidden';
import { absoluteDate, absoluteTime, relativeTime } from '../../lib/time';
import { useT } from '../../translation';

/** A time that is past as an age, with the absolute time on hover and for screen readers. */
export function Time(props: { iso: string }) {
  const t = useT();
  // What has come since the last tick of the clock, or from one that is ahead, is no time to come.
  const now = Math.max(useNow(), Date.parse(props.iso) || 0);
  const exact = absoluteTime(props.iso);
  const age = relativeTime(t, props.iso, now);
  return (
    <time dateTime={props.iso} title={exact}>
      {age ?? absoluteDate(props.iso)}
      <Hidden>{`, ${exact}`}</Hidden>
    </time>
  );
}
