import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { JsonSyntaxError, cloneJson, literalOf, parseJson, stringify } from '../../../src/models/fhir/json.js';
import { caseFiles, skipWithoutCases } from '../../support/cases.js';

/** Text for any JSON value, with numbers written in every way that JSON allows, and white space anywhere. */
const space = fc.stringMatching(/^[ \t\r\n]{0,2}$/);
const number = fc.stringMatching(/^-?(0|[1-9]\d{0,20})(\.\d{1,20})?([eE][+-]?\d{1,3})?$/);
const { value: jsonText } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'json' },
    fc.constantFrom('null', 'true', 'false'),
    number,
    fc.string({ unit: 'binary' }).map((s) => JSON.stringify(s)),
    fc
      .array(fc.tuple(space, tie('value')), { maxLength: 4, depthIdentifier: 'json' })
      .map((items) => `[${items.map(([s, v]) => s + v).join(' ,')} ]`),
    fc
      .uniqueArray(fc.tuple(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', '0', '')), space, tie('value')), {
        maxLength: 4,
        selector: ([key]) => key,
        depthIdentifier: 'json',
      })
      .map((members) => `{${members.map(([k, s, v]) => `${s}${JSON.stringify(k)} :${s}${v}`).join(',')}}`),
  ),
}));

/** Every number literal of a text, in order: the tokens outside strings. */
const literals = (text: string): string[] =>
  text
    .replace(/"(?:[^"\\]|\\.)*"/gs, '')
    .match(/-?\d[\d.eE+-]*/g)
    ?.toSorted() ?? [];

describe('parseJson', () => {
  it('gives what JSON.parse gives, for any JSON', () => {
    fc.assert(
      fc.property(jsonText, (text) => assert.deepStrictEqual(parseJson(text), JSON.parse(text))),
      { numRuns: 2000 },
    );
  });

  it('refuses what JSON.parse refuses, for any text near JSON', () => {
    const broken = fc
      .tuple(jsonText, fc.nat(), fc.constantFrom('', '"', '{', '}', ',', ':', '-', '0', '.', '\\', '\n', '\u0001', '\u00a0', 'e', '//'))
      .map(([text, n, extra]) => {
        const cut = n % (text.length + 1);
        return text.slice(0, cut) + extra + text.slice(cut + 1);
      });
    fc.assert(
      fc.property(broken, (text) => {
        let expected: unknown;
        try {
          expected = JSON.parse(text);
        } catch {
          assert.throws(() => parseJson(text), JsonSyntaxError);
          return;
        }
        try {
          assert.deepStrictEqual(parseJson(text), expected);
        } catch (error) {
          // The one thing it refuses besides.
          assert.match(String(error), /the same property twice/);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('says line, column and offset in plain words and quotes nothing of the text', () => {
    const text = '{\n  "family": "Okonkwo",\r\n  "given" "Ada"\n}';
    assert.throws(
      () => parseJson(text),
      (error: JsonSyntaxError) => {
        assert.ok(error instanceof JsonSyntaxError && error instanceof SyntaxError);
        assert.deepEqual([error.line, error.column, error.offset], [3, 11, text.indexOf('"Ada"')]);
        assert.equal(error.message, 'Not JSON: a colon was expected here (line 3, column 11)');
        return true;
      },
    );
  });

  for (const [text, reason] of [
    ['', /ends too early/],
    ['{"a":[1,2', /ends too early/],
    ['"abc', /ends too early/],
    ['{"a":1,}', /property name/],
    ['[1,]', /value was expected/],
    ['[1 2]', /comma/],
    ['{"a":1 "b":2}', /comma/],
    ['{a:1}', /property name/],
    ["{'a':1}", /property name/],
    ['// x\n1', /value was expected/],
    ['[01]', /number/],
    ['[1.]', /number/],
    ['[+1]', /number/],
    ['[.5]', /number/],
    ['[-]', /number/],
    ['[1e]', /number/],
    ['NaN', /value was expected/],
    ['["\\x"]', /escape/],
    ['["\\u12g4"]', /escape/],
    ['["a\tb"]', /control character/],
    ['{} {}', /more text/],
    ['\ufeff\ufeff1', /value was expected/],
    ['{"active":false,"active":true}', /same property twice/],
    ['{"__proto__":1,"__proto__":2}', /same property twice/],
    ['{"a":1,"\\u0061":2}', /same property twice/],
    ['['.repeat(1001) + ']'.repeat(1001), /1000 levels/],
    ['{"a":'.repeat(200_000), /1000 levels/],
  ] as const)
    it(`refuses ${JSON.stringify(text.slice(0, 30))}`, () =>
      assert.throws(() => parseJson(text), { name: 'JsonSyntaxError', message: reason }));

  it('reads on after a failure with nothing left over', () => {
    assert.throws(() => parseJson('[1.0'));
    const value = parseJson('{"a":1,"b":[1]}') as { b: object };
    assert.equal(literalOf(value, 'a'), undefined);
    assert.equal(literalOf(value.b, 0), undefined);
  });

  it('reads 1000 levels, a byte order mark, lone surrogates and keys that objects inherit', () => {
    assert.doesNotThrow(() => parseJson('['.repeat(1000) + ']'.repeat(1000)));
    assert.deepEqual(parseJson('\ufeff{"a":1}'), { a: 1 });
    assert.equal(parseJson('"\\ud800"'), '\ud800');
    const value = parseJson('{"__proto__":{"polluted":1},"constructor":2,"toString":3}') as Record<string, unknown>;
    assert.deepEqual(Object.keys(value), ['__proto__', 'constructor', 'toString']);
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
    assert.equal((value as { polluted?: unknown }).polluted, undefined);
  });
});

describe('stringify', () => {
  it('gives back every number as it was written, and is JSON for the same value', () => {
    fc.assert(
      fc.property(jsonText, fc.nat({ max: 3 }), (text, indent) => {
        fc.pre(/^[\s]*[{[]/.test(text));
        const value = parseJson(text);
        const written = stringify(value, indent);
        assert.deepEqual(literals(written), literals(text));
        const again = parseJson(written);
        assert.deepStrictEqual(again, value);
        assert.equal(stringify(again, indent), written);
      }),
      { numRuns: 2000 },
    );
  });

  it('writes as JSON.stringify does where there is no literal to keep, and lays out alike where there is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat({ max: 4 }), (value, indent) => {
        assert.equal(stringify(value, indent), JSON.stringify(value, null, indent));
        const marked = parseJson(`{"keep":1.50,"rest":${JSON.stringify(value)}}`);
        assert.equal(
          stringify(marked, indent).replace('1.50', '1.5'),
          JSON.stringify({ keep: 1.5, rest: JSON.parse(JSON.stringify(value)) as unknown }, null, indent),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps the literals that String(n) would not give back', () => {
    const text = '{"a":[1.00,1e3,0.10,12345678901234567890,-0,-0.0,1E+2,1e400,0.1,7],"b":{"value":1.0}}';
    assert.equal(stringify(parseJson(text)), text);
  });

  it('writes a changed value as it is now', () => {
    const value = parseJson('{"value":1.00,"low":2.50,"list":[1.0,2.0]}') as { value: number; low?: number; list: number[] };
    value.value = 2;
    delete value.low;
    value.list[1] = 3;
    assert.equal(stringify(value), '{"value":2,"list":[1.0,3]}');
    value.value = 1;
    assert.equal(stringify(value), '{"value":1.00,"list":[1.0,3]}');
  });

  it('tells zero from minus zero', () => {
    const value = parseJson('{"a":-0}') as { a: number };
    assert.equal(stringify(value), '{"a":-0}');
    value.a = 0;
    assert.equal(stringify(value), '{"a":0}');
  });

  it('leaves out undefined, writes dates, and refuses what has no JSON', () => {
    const value = parseJson('{"a":1.0,"b":1}') as Record<string, unknown>;
    value['b'] = undefined;
    value['c'] = [undefined, new Date(0)];
    assert.equal(stringify(value), '{"a":1.0,"c":[null,"1970-01-01T00:00:00.000Z"]}');
    assert.throws(() => stringify(undefined), TypeError);
    assert.throws(() => stringify({ a: 1n }), TypeError);
  });

  it('refuses circles and bottomless nesting with a plain error', () => {
    const circle: Record<string, unknown> = { again: undefined };
    circle['again'] = circle;
    assert.throws(() => stringify(circle), /1000 levels/);
    assert.throws(() => cloneJson(circle), /1000 levels/);
  });

  it('gives real records back to the character of each number', { skip: skipWithoutCases }, () => {
    let files = 0;
    for (const { name, text } of [
      ...caseFiles('patients'),
      ...caseFiles('claims'),
      ...caseFiles('medications'),
      ...caseFiles('questionnaires'),
    ]) {
      try {
        JSON.parse(text);
      } catch {
        continue;
      }
      files++;
      assert.deepEqual(literals(stringify(parseJson(text), 2)), literals(text), name);
    }
    assert.ok(files > 500, `only ${files} files`);
  });
});

describe('literalOf and cloneJson', () => {
  it('gives a literal only while the value is unchanged', () => {
    const value = parseJson('{"a":1.0,"b":2}') as { a: number; b: number };
    assert.equal(literalOf(value, 'a'), '1.0');
    assert.equal(literalOf(value, 'b'), undefined);
    assert.equal(literalOf(value, 'toString'), undefined);
    value.a = 5;
    assert.equal(literalOf(value, 'a'), undefined);
  });

  it('copies deeply, literals and all, apart from the original', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        fc.pre(/^[\s]*[{[]/.test(text));
        const value = parseJson(text);
        const copy = cloneJson(value);
        assert.notEqual(copy, value);
        assert.deepStrictEqual(copy, value);
        assert.equal(stringify(copy), stringify(value));
      }),
    );
    const value = parseJson('{"q":{"value":1.0},"n":[2.0]}') as { q: { value: number }; n: number[] };
    const copy = cloneJson(value);
    copy.q.value = 9;
    copy.n.push(1);
    assert.equal(stringify(value), '{"q":{"value":1.0},"n":[2.0]}');
    assert.equal(stringify(copy), '{"q":{"value":9},"n":[2.0,1]}');
  });
});
