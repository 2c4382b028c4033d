import {
  useLayoutEffect,
  useRef,
  type FocusEvent,
  type RefObject,
} from 'react';

/**
 * A control that held the focus may go with what it was for. Whoever was there goes on at the box around it and not at the
 * top of the document. Spread what it returns on that box, which needs `tabIndex={-1}`.
 */
export function useKeptFocus(box: RefObject<HTMLElement>): {
  onFocus: (event: FocusEvent) => void;
  onBlur: () => void;
} {
  const held = useRef<Element>();
  useLayoutEffect(() => {
    if (!held.current || held.current.isConnected) return;
    held.current = undefined;
    if (document.activeElement === document.body) {
      box.current?.focus({ preventScroll: true });
    }
  });
  return {
    onFocus: event => {
      // Menus and dialogs stand elsewhere in the document and give the focus back themselves.
      if (event.currentTarget.contains(event.target))
        held.current = event.target;
    },
    onBlur: () => {
      held.current = undefined;
    },
  };
}
