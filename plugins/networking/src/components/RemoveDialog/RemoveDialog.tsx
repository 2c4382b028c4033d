import { useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
} from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import type { Exposure } from 'backstage-plugin-networking-common';
import { networkingApiRef } from '../../api';
import { failureKind, failureMessage } from '../../lib/errors';
import { hostText } from '../../lib/exposures';
import { HostName } from '../HostName';
import { StatusIcon } from '../StatusIcon';
import styles from './RemoveDialog.module.css';

const CONFLICT_REMEDY =
  'Close this, look at what it has become, and remove it again if you still mean to.';

const servicesSentence = (exposure: Exposure): string => {
  const names = [...new Set(exposure.services.map(service => service.name))];
  if (names.length === 0) return 'Nothing else changes.';
  const [first, ...rest] = names;
  return rest.length === 0
    ? `Service ${first} and its pods keep running; callers inside the cluster notice nothing.`
    : `Services ${names.join(
        ', ',
      )} and their pods keep running; callers inside the cluster notice nothing.`;
};

/** Says what stops working and asks. */
export function RemoveDialog(props: {
  exposure: Exposure;
  onClose: () => void;
  /** The route is gone from the cluster. */
  onRemoved: () => void;
}) {
  const { exposure, onClose, onRemoved } = props;
  const api = useApi(networkingApiRef);
  const [removing, setRemoving] = useState(false);
  const [error, setError] = useState<Error>();
  const names = exposure.hosts.map(hostText);
  const subject = names[0] ?? exposure.name;

  const remove = async () => {
    setRemoving(true);
    setError(undefined);
    try {
      const { cluster, namespace, name, uid } = exposure;
      await api.remove({ cluster, namespace, name, uid });
      onRemoved();
    } catch (caught) {
      setError(caught instanceof Error ? caught : new Error(String(caught)));
      setRemoving(false);
    }
  };

  return (
    <Dialog
      isOpen
      width={560}
      isKeyboardDismissDisabled={removing}
      onOpenChange={open => {
        if (!open && !removing) onClose();
      }}
    >
      <DialogHeader>
        Remove <HostName text={subject} />
      </DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Text as="p">
            Once it is removed, the gateway answers 404 to every request for:
          </Text>
          <ul className={styles.hosts}>
            {(names.length > 0 ? names : [exposure.name]).map(name => (
              <li key={name}>
                <HostName text={name} />
              </li>
            ))}
          </ul>
          <Text as="p" color="secondary">
            {servicesSentence(exposure)} HTTPRoute {exposure.namespace}/
            {exposure.name} is deleted from cluster {exposure.cluster}.
          </Text>
          {error && (
            <div role="alert" className={styles.error}>
              <StatusIcon tone="bad" />
              <div>
                <Text as="p" weight="bold">
                  Nothing was removed.
                </Text>
                <Text as="p">{failureMessage(error)}</Text>
                {failureKind(error) === 'conflict' && (
                  <Text as="p" color="secondary">
                    {CONFLICT_REMEDY}
                  </Text>
                )}
              </div>
            </div>
          )}
        </Flex>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="secondary"
          // The harmless answer has the focus first.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          isDisabled={removing}
          onPress={onClose}
        >
          Keep it
        </Button>
        <Button
          variant="primary"
          destructive
          isPending={removing}
          onPress={() => void remove()}
        >
          Remove
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
