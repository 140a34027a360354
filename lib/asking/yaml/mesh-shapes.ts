/** What a field of istiod's configuration of a mesh may hold; numbers stand for the words of a list, and null for nothing, everywhere. */
export interface Shape {
  /** What is wanted, as a message says it. */
  readonly means: string;
  /** All that an object has; others may have anything. */
  readonly fields?: Readonly<Record<string, Shape>>;
  /** What each item of a list is. */
  readonly item?: Shape;
  readonly words?: readonly string[];
  fits(value: unknown): boolean;
}

// YAML as istiod reads it has more words for true and false.
const YES_OR_NO = /^(y|n|yes|no|on|off|true|false)$/i;
const DURATION = /^[-+]?(0|((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/;
const DOMAIN = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*\.?$/i;

const text: Shape = { means: 'a text', fits: (value) => typeof value === 'string' };
const domain: Shape = { means: 'the name of a domain', fits: (value) => typeof value === 'string' && DOMAIN.test(value) };
const flag: Shape = { means: 'true or false', fits: (value) => YES_OR_NO.test(String(value)) };
const number: Shape = { means: 'a whole number', fits: (value) => /^-?\d+$/.test(String(value)) };
const duration: Shape = { means: 'a duration such as 10s', fits: (value) => typeof value === 'string' && DURATION.test(value) };
const anything: Shape = { means: 'an object', fits: (value) => typeof value === 'object' && !Array.isArray(value) };
const object = (fields: Readonly<Record<string, Shape>>): Shape => ({ ...anything, fields });
const list = (item: Shape, means: string): Shape => ({ means, item, fits: (value) => Array.isArray(value) });
const texts = list(text, 'a list of texts');
const objects = list(anything, 'a list of objects');
const word = (...words: string[]): Shape => ({
  means: `one of ${words.join(', ')}`,
  words,
  fits: (value) => Number.isInteger(value) || words.includes(String(value)),
});

/** The fields of the configuration. What verdicts read has its own fields as well. */
export const MESH_CONFIG: Readonly<Record<string, Shape>> = {
  ...{ trustDomain: domain, trustDomainAliases: list(domain, 'a list of names of domains'), rootNamespace: text },
  pathNormalization: object({ normalization: word('DEFAULT', 'NONE', 'BASE', 'MERGE_SLASHES', 'DECODE_AND_MERGE_SLASHES') }),
  outboundTrafficPolicy: object({ mode: word('REGISTRY_ONLY', 'ALLOW_ANY', 'ALLOW_ANY_DYNAMIC_DNS'), tls: anything }),
  inboundTrafficPolicy: object({ mode: word('PASSTHROUGH', 'LOCALHOST') }),
  ...{ accessLogEncoding: word('TEXT', 'JSON'), accessLogFile: text, accessLogFormat: text },
  ...{ ca: anything, caCertificates: objects, certificates: objects, configSources: objects, connectTimeout: duration },
  ...{ defaultConfig: anything, defaultDestinationRuleExportTo: texts, defaultHttpRetryPolicy: anything, defaultProviders: anything },
  ...{ defaultServiceExportTo: texts, defaultTrafficPolicy: anything, defaultVirtualServiceExportTo: texts },
  ...{ disableEnvoyListenerLog: flag, discoverySelectors: objects, dnsRefreshRate: duration, enableAutoMtls: flag },
  ...{ enableEnvoyAccessLogService: flag, enablePrometheusMerge: flag, enableTracing: flag, extensionProviders: objects },
  ...{ h2UpgradePolicy: word('DO_NOT_UPGRADE', 'UPGRADE'), hboneIdleTimeout: duration, inboundClusterStatName: text, ingressClass: text },
  ...{ ingressControllerMode: word('UNSPECIFIED', 'OFF', 'DEFAULT', 'STRICT'), ingressSelector: text, ingressService: text },
  ...{ localityLbSetting: anything, meshMTLS: anything, outboundClusterStatName: text, protocolDetectionTimeout: duration },
  ...{ proxyHttpPort: number, proxyInboundListenPort: number, proxyListenPort: number },
  ...{ serviceEntryVisibility: anything, serviceScopeConfigs: objects, serviceSettings: objects, tcpKeepalive: anything },
  ...{ tlsDefaults: anything, verifyCertificateAtClient: flag, zoneAwareLbSetting: anything },
};
