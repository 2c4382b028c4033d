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
import { qualified } from '../../lib/names';
import { listed } from '../../lib/text';
import { useT } from '../../translation';
import { HostName } from '../HostName';
import { StatusIcon } from '../StatusIcon';
import styles from './RemoveDialog.module.css';

/** Says what stops working and asks. */
export function RemoveDialog(props: {
  exposure: Exposure;
  onClose: () => void;
  /** The route is gone from the cluster. */
  onRemoved: () => void;
}) {
  const t = useT();
  const { exposure, onClose, onRemoved } = props;
  const api = useApi(networkingApiRef);
  const [removing, setRemoving] = useState(false);
  const [error, setError] = useState<Error>();
  const names = exposure.hosts.map(host => hostText(t, host));
  const subject = names[0] ?? exposure.name;
  const services = [...new Set(exposure.services.map(({ name }) => name))];

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
        {t('removal.title', { host: <HostName text={subject} /> })}
      </DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Text as="p">{t('removal.effect')}</Text>
          <ul className={styles.hosts}>
            {(names.length > 0 ? names : [exposure.name]).map(name => (
              <li key={name}>
                <HostName text={name} />
              </li>
            ))}
          </ul>
          <Text as="p" color="secondary">
            {services.length > 0 && (
              <>
                {t('removal.keepsRunning', {
                  count: services.length,
                  services: listed(...services),
                })}{' '}
              </>
            )}
            {t('removal.deleted', {
              name: qualified(exposure),
              cluster: exposure.cluster,
            })}
          </Text>
          {error && (
            <div role="alert" className={styles.error}>
              <StatusIcon tone="bad" />
              <div>
                <Text as="p" weight="bold">
                  {t('removal.nothing')}
                </Text>
                <Text as="p">{failureMessage(error)}</Text>
                {failureKind(error) === 'conflict' && (
                  <Text as="p" color="secondary">
                    {t('removal.conflict')}
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
          {t('common.cancel')}
        </Button>
        <Button
          variant="primary"
          destructive
          isPending={removing}
          onPress={() => void remove()}
        >
          {t('common.remove')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
