import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Flex,
  Skeleton,
  Text,
} from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/core-plugin-api';
import { networkingApiRef } from '../../api';
import { failureKind } from '../../lib/errors';
import { CodeBlock } from '../CodeBlock';
import { CopyButton } from '../CopyButton';
import { Failure } from '../Failure';
import { FindingView } from '../FindingView';
import styles from './TrustCa.module.css';

function download(text: string, fileName: string) {
  const url = URL.createObjectURL(
    new Blob([text], { type: 'application/x-pem-file' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}

function CaFacts(props: { cluster: string; url?: string }) {
  const { cluster, url } = props;
  const api = useApi(networkingApiRef);
  const { value: ca, error } = useAsync(
    () => api.getCa(cluster),
    [api, cluster],
  );
  const fileName = `${cluster}-ca.crt`;

  if (error) {
    return (
      <Failure
        kind={failureKind(error)}
        error={error}
        what="the CA certificate"
      />
    );
  }
  if (!ca) {
    return (
      <Flex
        direction="column"
        gap="3"
        aria-busy="true"
        aria-label="Loading the CA certificate"
      >
        <Skeleton height={24} width="100%" />
        <Skeleton height={48} width="100%" />
        <Skeleton height={64} width="100%" />
      </Flex>
    );
  }
  return (
    <Flex direction="column" gap="4">
      <Text as="p">
        A client that trusts this CA verifies every host of the gateway. Compare
        the fingerprint with the one your platform admins publish before you
        trust it.
      </Text>
      {ca.findings.map(finding => (
        <FindingView key={finding.reason} finding={finding} />
      ))}
      {ca.fingerprintsSha256.map(fingerprint => (
        <div key={fingerprint}>
          <Text as="h4" variant="body-small" weight="bold">
            SHA-256 fingerprint
          </Text>
          <Flex align="center" gap="2">
            <code className={styles.fingerprint}>{fingerprint}</code>
            <CopyButton
              text={fingerprint}
              what="the fingerprint"
              variant="tertiary"
            />
          </Flex>
        </div>
      ))}
      <div>
        <Button
          variant="secondary"
          iconStart={<RiDownloadLine />}
          onPress={() => download(ca.pem, fileName)}
        >
          Download {fileName}
        </Button>
      </div>
      {url && (
        <div>
          <Text as="h4" variant="body-small" weight="bold">
            Try it
          </Text>
          <CodeBlock
            text={`curl --cacert ${fileName} ${url}`}
            label="curl command"
          />
        </div>
      )}
      <Alert
        status="info"
        icon
        description="This file holds certificates only. It never holds a key."
      />
    </Flex>
  );
}

/** Hands over the CA certificate that verifies what the gateway serves. */
export function TrustCa(props: { cluster: string; url?: string }) {
  return (
    <DialogTrigger>
      <Button size="small" variant="tertiary">
        Trust this CA
      </Button>
      <Dialog width={640}>
        <DialogHeader>Trust the CA of cluster {props.cluster}</DialogHeader>
        <DialogBody>
          <CaFacts {...props} />
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" slot="close">
            Close
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
