import { html, css } from 'lit';
export const row = (o) =>
  html`<div class="r" data-i=${o.id}>
    <span>${o.name}</span><span>${o.value} ${o.unit}</span><span>${o.low} – ${o.high}</span><b>${o.flag}</b><time>${o.date}</time
    ><span>${o.lab}</span>
  </div>`;
export const rowCss = css`
  .r {
    display: grid;
    grid-template-columns: 2fr 2fr 2fr 40px 1fr 1fr;
    height: 32px;
    line-height: 32px;
    width: 100%;
    box-sizing: border-box;
    border-bottom: 1px solid #eee;
    overflow: hidden;
    white-space: nowrap;
  }
`;
