import styles from './SerialNumber.module.css';

/** A serial number, in hex, kept in one piece as long as there is a line that holds it. */
export function SerialNumber(props: { text: string }) {
  return <code className={styles.serial}>{props.text}</code>;
}

/** 8 octets and more, in upper-case hex: shorter ones stay in one piece by themselves. */
const SERIAL = /\b([0-9A-F]{16,})\b/;

/** A sentence that names serial numbers. */
export function WithSerialNumbers(props: { text: string }) {
  return (
    <>
      {props.text.split(SERIAL).map((part, index) =>
        index % 2 === 1 ? (
          // The parts of one text have no other identity than their place.
          // eslint-disable-next-line react/no-array-index-key
          <SerialNumber key={index} text={part} />
        ) : (
          part
        ),
      )}
    </>
  );
}
