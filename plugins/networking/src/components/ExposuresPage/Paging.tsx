import { useLocation, useNavigate } from 'react-router-dom';
import { Button } from '@backstage/ui';
import { useT } from '../../translation';

/** How many pages back the browser's history leads, kept beside the address. */
interface PagingState {
  pagesBehind: number;
}

const stateOf = (state: unknown): PagingState =>
  typeof (state as PagingState | null)?.pagesBehind === 'number'
    ? (state as PagingState)
    : { pagesBehind: 0 };

/** To the next page, back to the one before by the browser's own history, and to the first. */
export function Paging(props: {
  isFirst: boolean;
  hasNext: boolean;
  onFirst: () => void;
  /** `state` is to stand beside the address of the next page. */
  onNext: (state: PagingState) => void;
  /** Told when another page will be shown. */
  onBack: () => void;
}) {
  const t = useT();
  const { isFirst, hasNext, onFirst, onNext, onBack } = props;
  const navigate = useNavigate();
  const { pagesBehind } = stateOf(useLocation().state);
  if (isFirst && !hasNext) return null;
  return (
    <>
      {!isFirst && (
        <Button variant="secondary" onPress={onFirst}>
          {t('common.firstPage')}
        </Button>
      )}
      {!isFirst && pagesBehind > 0 && (
        <Button
          variant="secondary"
          onPress={() => {
            onBack();
            navigate(-1);
          }}
        >
          {t('common.previousPage')}
        </Button>
      )}
      {hasNext && (
        <Button
          variant="secondary"
          onPress={() => onNext({ pagesBehind: pagesBehind + 1 })}
        >
          {t('common.nextPage')}
        </Button>
      )}
    </>
  );
}
