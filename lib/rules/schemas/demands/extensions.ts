import { fieldsOf, isSaid, listOf, numberOf, textOf } from '../../../cluster/objects/fields';
import { isNoPort } from '../values/amounts';
import { type Demand, within } from './demand';

const SCHEMES = ['file', 'http', 'https', 'oci'];
const MOST_CODE = 65_536;

/** What is asked of a WasmPlugin, but for its selector. */
export const PLUGIN_DEMANDS: readonly Demand[] = wasmDemands('spec');

/** What is asked of a TrafficExtension, but for its selector. */
export const EXTENSION_DEMANDS: readonly Demand[] = [
  {
    at: 'spec',
    refuses: (spec) => isSaid(fieldsOf(spec).wasm) === isSaid(fieldsOf(spec).lua),
    what: 'needs one of wasm and lua',
    fix: 'write wasm.url, or lua.inlineCode',
  },
  ...wasmDemands('spec.wasm'),
  {
    at: 'spec.lua',
    refuses: (lua) => isNoCode(textOf(fieldsOf(lua).inlineCode) ?? ''),
    what: 'has no code, or more than 64 kilobytes',
    fix: 'write inlineCode',
  },
];

function wasmDemands(at: string): Demand[] {
  return [
    {
      at,
      refuses: (plugin) => isNoUrl(textOf(fieldsOf(plugin).url) ?? ''),
      what: 'has no url from which a plugin can be taken',
      fix: `write url, with the scheme ${SCHEMES.join(', ')} or none`,
    },
    {
      at: `${at}.sha256`,
      refuses: (sum) => typeof sum === 'string' && sum !== '' && !/^[a-f0-9]{64}$/.test(sum),
      what: 'is no SHA-256',
      fix: 'write 64 letters of 0-9 and a-f',
    },
    ...variableDemands(`${at}.vmConfig.env`),
  ];
}

function variableDemands(at: string): Demand[] {
  return [
    {
      at: at,
      refuses: (env) => hasTwins(listOf(env).map(({ name }) => textOf(name) ?? '')),
      what: 'has a variable without a name, or one twice',
      fix: 'write each once, with its name',
    },
    {
      at: `${at}[]`,
      refuses: (variable) => fieldsOf(variable).valueFrom === 'HOST' && 'value' in fieldsOf(variable),
      what: 'takes its value from the proxy, and says one',
      fix: 'remove value, or valueFrom: HOST',
    },
    {
      at: within(['spec'], 'match[].ports[]'),
      refuses: (port) => isNoPort(numberOf(fieldsOf(port).number) ?? 0),
      what: 'has no number from 1 to 65535',
      fix: 'write number',
    },
  ];
}

function isNoCode(code: string): boolean {
  return code === '' || code.length > MOST_CODE;
}

/** Without a scheme it is the place of an image. */
function isNoUrl(url: string): boolean {
  const [, scheme] = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\//.exec(url) ?? [];
  return url === '' || /[\s\u007f]|%(?![0-9a-fA-F]{2})/.test(url) || (scheme !== undefined && !SCHEMES.includes(scheme.toLowerCase()));
}

function hasTwins(names: readonly string[]): boolean {
  return names.includes('') || new Set(names).size < names.length;
}
