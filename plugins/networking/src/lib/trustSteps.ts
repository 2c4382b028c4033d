import type { CaFile, CaFiles } from './caFiles';
import type { ReaderOs } from './readerOs';

/** What to do, in words, and the command that does it. */
export interface TrustStep {
  text?: string;
  /** To copy as it is: one command a line. */
  command?: string;
}

/** How one system, browser or program comes to trust the CA, and how it stops. */
export interface TrustGuide {
  title?: string;
  steps: TrustStep[];
  undo: TrustStep[];
  note?: string;
}

/** One tab. */
export interface TrustPlatform {
  id: ReaderOs | 'firefox' | 'programs';
  title: string;
  /** The file that the steps begin with. */
  file: 'crt' | 'cer' | 'all' | 'profile';
  guides: TrustGuide[];
}

const each = (files: readonly CaFile[], command: (file: CaFile) => string) =>
  files.map(command).join('\n');

const isRootMissing = (files: readonly CaFile[]) =>
  files.some(({ lacksRoot }) => lacksRoot);

const NEEDS_ROOT =
  'This is not enough yet: it needs the root above the intermediate, which is not known.';

const hexOf = ({ ca }: CaFile) =>
  ca.certificate.fingerprintSha256.replace(/:/g, '');

const linux = ({ each: files }: CaFiles): TrustPlatform => {
  const names = files.map(({ crt }) => crt).join(' ');
  const under = (folder: string) =>
    files.map(({ crt }) => `${folder}/${crt}`).join(' ');
  const debian = '/usr/local/share/ca-certificates';
  const fedora = '/etc/pki/ca-trust/source/anchors';
  return {
    id: 'linux',
    title: 'Linux',
    file: 'crt',
    guides: [
      {
        title: 'Debian, Ubuntu',
        steps: [
          {
            command: `sudo cp ${names} ${debian}/\nsudo update-ca-certificates`,
          },
        ],
        undo: [
          {
            command: `sudo rm ${under(
              debian,
            )}\nsudo update-ca-certificates --fresh`,
          },
        ],
      },
      {
        title: 'Fedora, RHEL',
        steps: [
          { command: `sudo cp ${names} ${fedora}/\nsudo update-ca-trust` },
        ],
        undo: [{ command: `sudo rm ${under(fedora)}\nsudo update-ca-trust` }],
      },
      {
        title: 'Arch',
        steps: [
          {
            command: each(
              files,
              ({ crt }) => `sudo trust anchor --store ${crt}`,
            ),
          },
        ],
        undo: [
          {
            command: each(
              files,
              ({ crt }) => `sudo trust anchor --remove ${crt}`,
            ),
          },
        ],
      },
      {
        title: 'Chrome and Chromium on Linux',
        note: 'They look into a store of their own. certutil comes with the package libnss3-tools (Debian, Ubuntu), nss-tools (Fedora, RHEL) or nss (Arch).',
        steps: [
          {
            command: `mkdir -p ~/.pki/nssdb\n${each(
              files,
              ({ alias, crt }) =>
                `certutil -d sql:$HOME/.pki/nssdb -A -t "C,," -n ${alias} -i ${crt}`,
            )}`,
          },
        ],
        undo: [
          {
            command: each(
              files,
              ({ alias }) => `certutil -d sql:$HOME/.pki/nssdb -D -n ${alias}`,
            ),
          },
        ],
      },
    ],
  };
};

const macos = ({ each: files }: CaFiles): TrustPlatform => {
  const keychain = '/Library/Keychains/System.keychain';
  return {
    id: 'macos',
    title: 'macOS',
    file: 'crt',
    guides: [
      {
        note: 'Safari and Chrome look there. Programs that are open have to be started again.',
        steps: [
          {
            command: each(
              files,
              ({ crt, isIntermediate }) =>
                // Refused otherwise (Security, SecTrustSettings.c).
                `sudo security add-trusted-cert -d -r ${
                  isIntermediate ? 'trustAsRoot' : 'trustRoot'
                } -k ${keychain} ${crt}`,
            ),
          },
        ],
        undo: [
          {
            command: each(
              files,
              file =>
                `sudo security remove-trusted-cert -d ${
                  file.crt
                }\nsudo security delete-certificate -Z ${hexOf(
                  file,
                )} ${keychain}`,
            ),
          },
        ],
      },
    ],
  };
};

const windows = ({ each: files }: CaFiles): TrustPlatform => ({
  id: 'windows',
  title: 'Windows',
  file: 'cer',
  guides: [
    {
      note: `Edge and Chrome look there. ${
        isRootMissing(files)
          ? 'Programs that use the TLS of Windows need the root, too. '
          : ''
      }Without administrator rights, certutil -user does the same for yourself alone.`,
      steps: [
        {
          text: 'In a terminal that was opened as administrator:',
          command: each(
            files,
            ({ cer, isIntermediate }) =>
              `certutil ${isIntermediate ? '-f ' : ''}-addstore Root ${cer}`,
          ),
        },
      ],
      undo: [
        {
          text: 'In a terminal that was opened as administrator:',
          command: each(
            files,
            ({ ca }) =>
              `certutil -delstore Root ${ca.certificate.serialNumber}`,
          ),
        },
      ],
    },
  ],
});

const firefox = ({ each: files }: CaFiles): TrustPlatform => ({
  id: 'firefox',
  title: 'Firefox',
  file: 'crt',
  guides: [
    {
      note: 'On Windows and macOS Firefox trusts what was added to the system, unless that was turned off in its settings.',
      steps: [
        {
          text: 'Open Settings, Privacy & Security, Certificates, View Certificates, and there the tab Authorities.',
        },
        {
          text: `Press Import, choose ${files
            .map(({ crt }) => crt)
            .join(', then ')}, and tick "Trust this CA to identify websites".`,
        },
      ],
      undo: [
        {
          text: 'In the same place, choose the certificate and press Delete or Distrust.',
        },
      ],
    },
  ],
});

const ios = ({ profile, each: files }: CaFiles): TrustPlatform => ({
  id: 'ios',
  title: 'iOS',
  file: 'profile',
  guides: [
    {
      note: `${
        isRootMissing(files) ? `${NEEDS_ROOT} ` : ''
      }The profile is not signed: compare the fingerprint under More Details before you install it.`,
      steps: [
        {
          text: `Open this page in Safari on the device and download ${profile}.`,
        },
        {
          text: 'Open Settings, General, VPN & Device Management, choose the profile, and press Install.',
        },
        {
          text: 'Open Settings, General, About, Certificate Trust Settings, and turn the CA on. Without this, nothing is trusted.',
        },
      ],
      undo: [
        {
          text: 'Open Settings, General, VPN & Device Management, choose the profile, and press Remove Profile.',
        },
      ],
    },
  ],
});

const android = ({ each: files }: CaFiles): TrustPlatform => ({
  id: 'android',
  title: 'Android',
  file: 'crt',
  guides: [
    {
      note: 'Browsers trust it then; other apps only if they were built to trust CAs that a person adds. The names of the menus differ by maker: search the settings for "CA certificate".',
      steps: [
        {
          text: `Download ${files
            .map(({ crt }) => crt)
            .join(' and ')} on the device.`,
        },
        {
          text: 'Open Settings, Security & privacy, More security, Encryption & credentials, Install a certificate, CA certificate.',
        },
        { text: 'Press "Install anyway" and choose the file.' },
      ],
      undo: [
        {
          text: 'Open Encryption & credentials, Trusted credentials, the tab User, choose the CA, and press Uninstall.',
        },
      ],
    },
  ],
});

const DELETE_THE_FILE =
  'Nothing is installed: leave the option away and delete the file.';

const programs = (
  { each: files, all }: CaFiles,
  url: string | undefined,
): TrustPlatform => {
  const shellUrl = url ?? '"$URL"';
  const store = `${files[0]?.alias ?? 'ca'}.p12`;
  const undo = [{ text: DELETE_THE_FILE }];
  return {
    id: 'programs',
    title: 'Programs',
    file: 'all',
    guides: [
      {
        title: 'curl',
        steps: [{ command: `curl --cacert ${all} ${shellUrl}` }],
        undo,
      },
      {
        title: 'Node',
        note: `${
          isRootMissing(files) ? `${NEEDS_ROOT} ` : ''
        }Beside the CAs that Node trusts anyway.`,
        steps: [
          {
            command: `NODE_EXTRA_CA_CERTS=${all} node -e "fetch(process.argv[1]).then(r => console.log(r.status))" ${shellUrl}`,
          },
        ],
        undo,
      },
      {
        title: 'Python',
        note: `${
          isRootMissing(files)
            ? 'Enough for Python 3.13 and later; those before need the root, which is not known. '
            : ''
        }In the place of the CAs that Python trusts otherwise. The package requests takes REQUESTS_CA_BUNDLE.`,
        steps: [
          {
            command: `SSL_CERT_FILE=${all} python3 -c "import sys, urllib.request as r; print(r.urlopen(sys.argv[1]).status)" ${shellUrl}`,
          },
        ],
        undo,
      },
      {
        title: 'Java',
        note: 'In the place of the CAs that Java trusts otherwise. app.jar stands for your program.',
        steps: [
          {
            command: `${each(
              files,
              ({ alias, crt }) =>
                `keytool -importcert -noprompt -alias ${alias} -file ${crt} -keystore ${store} -storetype PKCS12 -storepass changeit`,
            )}\njava -Djavax.net.ssl.trustStore=${store} -Djavax.net.ssl.trustStorePassword=changeit -jar app.jar`,
          },
        ],
        undo,
      },
    ],
  };
};

/**
 * Steps to trust a CA, one tab for each system and for programs, with the real names of the files.
 *
 * @param url - that the examples ask for; without one they take it from `$URL`
 */
export const trustPlatforms = (
  files: CaFiles,
  url: string | undefined,
): TrustPlatform[] => [
  linux(files),
  macos(files),
  windows(files),
  firefox(files),
  ios(files),
  android(files),
  programs(files, url),
];
