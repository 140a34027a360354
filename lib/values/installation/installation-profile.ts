import { oneOf } from '../../support/options/kind';

/**
 * What an installation of Istio begins with.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/config-profiles/
 */
export enum InstallationProfile {
  /** istiod alone. Gateways are those that the program makes. */
  MINIMAL = 'minimal',
  /** istiod and the gateway `istio-ingressgateway`, as `istioctl install` has it. */
  DEFAULT = 'default',
  /** istiod with two to five pods, a PodDisruptionBudget and room to work; gateways that are named have the same. */
  PRODUCTION = 'production',
  /** To look around: small, with all traces and access logs, and both gateways. */
  DEMO = 'demo',
  /** istiod, Istio's CNI agent and ztunnel. A program with namespaces in ambient mode has these with every profile. */
  AMBIENT = 'ambient',
}

export const INSTALLATION_PROFILE = oneOf('InstallationProfile', InstallationProfile);
