// The first backend of a run loads every service, which takes seconds on a busy machine.
jest.setTimeout(60_000);
