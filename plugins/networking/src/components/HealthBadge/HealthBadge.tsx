import { healthTone, type Health } from '../../lib/health';
import { useT } from '../../translation';
import { StatusBadge } from '../StatusBadge';

/** How something stands that is not a URL, in one word with its shape. */
export function HealthBadge(props: { health: Health }) {
  const { health } = props;
  const t = useT();
  return <StatusBadge tone={healthTone(health)} word={t(`health.${health}`)} />;
}
