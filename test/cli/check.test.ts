import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import schema from '../../lib/cli/check.schema.json';
import { read } from '../architecture/sources';
import { folderWith, SHOP } from './run';

const [, RULES] = /```yaml\n(# yaml-language-server[\s\S]*?)```/.exec(read('docs/command-line.md'))!;
const WRONG = `rules:
  - { name: the cart buys, from: cart, to: product, request: POST /products, expect: allow }
  - { from: cart, to: product, expect: allow, split: { product: 90, other: 10 } }
  - { from: cart, to: product, expect: allow }
`;
const MISTAKEN = `rules:
  - { to: 5, onlyfrom: [cart] }
  - { to: product, onlyFrom: [], expect: allow }
  - { from: cart, to: product, expect: maybe, split: { a: 120 }, request: post }
  - { to: product, neverFrom: [] }
  - hello
more: 1
`;
const cli = folderWith({
  'k8s/shop.yaml': SHOP,
  'rules.yaml': RULES,
  'wrong.yaml': WRONG,
  'gone.yaml': 'rules:\n  - { from: basket, to: product, expect: allow }\n  - { from: cart, to: product, expect: allow }\n',
  'mistaken.yaml': MISTAKEN,
  'broken.yaml': 'rules:\n  - { from: cart, to: product\n',
  'alias.yaml': 'rules: *rules\n',
  'several.yaml': 'rules: []\n---\nrules: []\n',
  'empty.yaml': '',
});

writeFileSync(join(cli.folder, 'bytes.yaml'), Buffer.from([0x72, 0xff, 0xfe]));

describe('istio-constructs check', () => {
  it('holds the rules of its page', () => {
    expect(cli('check rules.yaml -f k8s')).toEqual({ code: 0, out: 'nothing found\n3 of 3 rules hold\n', err: '' });
  });

  it('has a schema that takes them, and knows no other word', () => {
    const isValid = new Ajv().compile(schema);
    expect(isValid(parse(RULES))).toBe(true);
    expect(isValid({ rules: [{ from: 'a', to: 'b', expect: 'allow', why: 'c' }] })).toBe(false);
  });

  it('tells what is not as expected, at the line of the rule', () => {
    const { code, out } = cli('check wrong.yaml -f k8s');
    expect(code).toBe(1);
    expect(out).toContain(
      'wrong.yaml:2:5: error check: the cart buys: expected allow, got refused (authorization) by AuthorizationPolicy shop/product (k8s/shop.yaml:24:1)\n',
    );
    expect(out).toContain('wrong.yaml:3:5: error check: cart -> product GET /: expected 90 % at product, got 100 %\n');
    expect(out).toMatch(/\n3 errors\n1 of 3 rules hold\n$/);
  });

  it('tells of a name that nobody has at its rule, judges the others, and ends with 2', () => {
    const { code, out } = cli('check gone.yaml -f k8s');
    expect(code).toBe(2);
    expect(out).toMatch(/^gone.yaml:2:5: error check: basket -> product GET \/: MESH895: a question names a Service /);
    expect(out).toMatch(/\n1 error\n1 of 2 rules hold\n$/);
  });

  it('writes JUnit, JSON, Markdown and annotations', () => {
    const asked = (format: string) => cli(`check wrong.yaml -f k8s --format ${format}`).out;
    expect(asked('junit')).toContain('<testsuite name="wrong.yaml" tests="3" failures="2">');
    expect(asked('junit')).toContain('<testcase classname="wrong.yaml" name="cart -&gt; product GET /: allow"/>');
    expect(JSON.parse(asked('json'))).toMatchObject({
      rules: [{ wrong: [expect.any(String)] }, { wrong: [expect.any(String), expect.any(String)] }, { wrong: [] }],
    });
    expect(asked('markdown')).toMatch(/^## 1 of 3 rules hold\n\n3 errors\n/);
    expect(asked('github')).toMatch(/^::error file=wrong.yaml,line=2,col=5,title=check::the cart buys: expected allow, got refused/);
  });

  it('tells every mistake of a file of rules in one run, where it stands', () => {
    expect(cli('check mistaken.yaml -f k8s')).toEqual({
      code: 2,
      out: '',
      err: [
        '2:5: error: a rule has no "from", who calls',
        '2:5: error: a rule has no "expect": allow or refuse; a rule about all requests has one of onlyFrom, neverFrom, gateways, connections',
        '2:11: error: "to" is a text, not 5: put it in quotes',
        '2:14: error: "onlyfrom" is no word of a rule; did you mean "onlyFrom"?',
        '3:34: error: "expect" is of a rule about one request, and this one is about all requests: make two of it',
        '4:40: error: "expect" is allow or refuse, not maybe',
        '4:59: error: "split.a" is a number from 0 to 100, not 120',
        '4:75: error: "request" is a text such as POST /payments/1, not post',
        '5:31: error: "neverFrom" is a text or a list that is not empty, not []',
        '6:5: error: a rule is words with values, such as to: …, not hello',
        '7:1: error: "more" is no word of a file of rules; there are rules',
      ]
        .map((line) => `mistaken.yaml:${line}\n`)
        .join(''),
    });
  });

  it.each<[string, string, RegExp]>([
    ['a file that is not there', 'none.yaml', /^error: there is no file none.yaml\n$/],
    ['a folder', 'k8s', /^error: k8s is a folder: name a file of rules\n$/],
    ['a file that is no text', 'bytes.yaml', /^error: bytes.yaml is not in UTF-8\n$/],
    ['broken YAML', 'broken.yaml', /^broken.yaml:3:\d+: error: [^\n]+\n$/],
    ['an alias of nothing', 'alias.yaml', /^alias.yaml:1:1: error: Unresolved alias [^\n]*rules\n$/],
    ['several documents', 'several.yaml', /^several.yaml:2:1: error: a file of rules is one document, and here begins another\n$/],
    ['an empty file', 'empty.yaml', /^empty.yaml:1:1: error: a file of rules is words with values, such as rules: …, not null\n$/],
  ])('ends with 2 and a line for %s', (_, file, said) => {
    const { code, err } = cli(`check ${file} -f k8s`);
    expect(err).toMatch(said);
    expect(code).toBe(2);
  });
});
