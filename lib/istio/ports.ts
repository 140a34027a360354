/** Port on which ztunnel and waypoints take connections tunnelled over mutual TLS. */
export const HBONE = 15008;
