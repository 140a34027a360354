import { existsSync, readFileSync } from 'node:fs';

const MANAGER = '.http_connection_manager.v3.HttpConnectionManager';

/** A configuration whose proxy writes the response flags of each request into a file, one a line. */
export function withAccessLog(config: object, path: string): object {
  const log = {
    name: 'envoy.access_loggers.file',
    typedConfig: {
      '@type': 'type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog',
      path,
      logFormat: { textFormatSource: { inlineString: '%RESPONSE_FLAGS%\n' } },
    },
  };
  return JSON.parse(JSON.stringify(config), (_, value: unknown) => (isManager(value) ? { ...value, accessLog: [log] } : value)) as object;
}

/** What was written so far. */
export function flagsIn(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
}

function isManager(value: unknown): value is object {
  return typeof value === 'object' && value !== null && String((value as Record<string, unknown>)['@type']).endsWith(MANAGER);
}
