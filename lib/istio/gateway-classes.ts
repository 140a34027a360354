/** Class of the Gateways at the edge of the mesh. */
export const INGRESS_CLASS = 'istio';

/** Class of the Gateways before the Services of a namespace in ambient mode. */
export const WAYPOINT_CLASS = 'istio-waypoint';

/** Class of the Gateways by which other networks come in, in ambient mode. */
export const EAST_WEST_CLASS = 'istio-east-west';

/** What istiod calls the Service, the Deployment and the account of a Gateway: `<name>-<class>`, or `<name>` for a waypoint. */
export function gatewayObjectName(name: string, className: string): string {
  return className === WAYPOINT_CLASS ? name : `${name}-${className}`;
}
