export interface Config {
  auth?: {
    providers?: {
      /** Sign-in as an example person, on the local platform only. */
      example?: {
        people: Array<{
          /**
           * A User of the catalog, as a full entity ref.
           * @visibility frontend
           */
          entityRef: string;
          /**
           * Shown on the button. Default: the name in `entityRef`.
           * @visibility frontend
           */
          title?: string;
          /**
           * One sentence on what this person may do.
           * @visibility frontend
           */
          description?: string;
        }>;
      };
    };
  };
}
