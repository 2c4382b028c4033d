export interface Config {
  auth?: {
    providers?: {
      /**
       * Sign-in without a password as one of a few example people. Only for the local platform: the backend refuses to
       * start with this key unless NODE_ENV is `development`, the backend listens on loopback, and the only Kubernetes
       * cluster configured is the one named in `apiServer`.
       */
      example?: {
        /** URL of the local platform's API server, `https://127.0.0.1:<port>`. */
        apiServer: string;
        /** The people that a browser on this machine may sign in as. */
        people: Array<{
          /**
           * A User of the catalog, as a full entity ref: `user:default/sam`.
           */
          entityRef: string;
          /** Shown on the button. Default: the name in `entityRef`. */
          title?: string;
          /** One sentence on what this person may do. */
          description?: string;
        }>;
      };
    };
  };
}
