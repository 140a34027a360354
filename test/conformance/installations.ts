import type { EngineSettings } from './engine';

/** What an app's README wants of the installation, by the name of the app. */
export const INSTALLATIONS: Readonly<Record<string, EngineSettings>> = {
  oidc: { authorizers: [{ name: 'oauth2-proxy', service: 'oauth2-proxy.login.svc.cluster.local', port: 4180, http: true }] },
};
