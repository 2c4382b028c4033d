/** Types of the files that hold certificates, so that systems open them with the right program. */
export const FILE_TYPES = {
  pem: 'application/x-pem-file',
  der: 'application/pkix-cert',
  profile: 'application/x-apple-aspen-config',
} as const;

/** Has the browser save a file. */
export function download(
  content: BlobPart,
  fileName: string,
  type: (typeof FILE_TYPES)[keyof typeof FILE_TYPES],
) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
