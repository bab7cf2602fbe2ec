import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { narrativeText, plainText } from '../../../src/models/charting/index.js';

describe('narrative as plain text', () => {
  it('keeps the words and their lines', () => {
    assert.equal(
      plainText('<div><h3>Allergies</h3><ul><li>Penicillin</li><li>Latex</li></ul><p>a<br/>b</p></div>'),
      'Allergies\n• Penicillin\n• Latex\na\nb',
    );
    assert.equal(
      plainText('<table><tr><th>Name</th><th>Dose</th></tr><tr><td>Lithium</td><td>250&nbsp;mg</td></tr></table>'),
      'Name · Dose\nLithium · 250 mg',
    );
  });

  it('decodes entities once', () => {
    assert.equal(plainText('&lt;b&gt; &amp;lt; &#65;&#x42; &eacute; &nosuch; &#0; &#xd800;'), '<b> &lt; AB é &nosuch; \ufffd \ufffd');
  });

  it('drops scripts, styles, comments and bidi overrides, and keeps CDATA and a lone "<" as text', () => {
    assert.equal(plainText('a<script>alert("</p>")</script><style>p{}</style><!-- no <p> -->b\u202ec'), 'abc');
    assert.equal(plainText('BP < 90 and <![CDATA[<b>x</b>]]>'), 'BP < 90 and <b>x</b>');
    assert.equal(plainText('<p title="a > b">x</p><p title=\'>\'>y'), 'x\ny');
  });

  it('is undefined for an empty or missing narrative', () => {
    assert.equal(narrativeText({ text: { div: '<div> <p/> </div>' } }), undefined);
    assert.equal(narrativeText({ text: 'words' }), undefined);
    assert.equal(narrativeText(null), undefined);
  });

  it('never throws, whatever the text', () => {
    const part = fc.constantFrom(
      '<',
      '>',
      '</',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '&#',
      '&#x110000;',
      ';',
      '"',
      "'",
      'script',
      'li',
      ' ',
      'x',
      '\u0000',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part).map((parts) => parts.join('')),
        ),
        (html) => typeof plainText(html) === 'string',
      ),
      { numRuns: 2000 },
    );
  });
});
