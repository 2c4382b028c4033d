export interface Config {
  permission?: {
    /**
     * Full ref of the Group whose members may do everything that the networking plugins offer, by the example policy of
     * this backend. Default: `group:default/platform-team`.
     */
    platformGroup?: string;
  };
}
