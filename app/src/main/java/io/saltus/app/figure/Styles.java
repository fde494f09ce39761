package io.saltus.app.figure;

/** How report and figures look: light, dark where the reader's system is, and on paper. */
final class Styles {

  /** Of figures. */
  static final String FIGURES =
      """
      :root{color-scheme:light dark;--page:#ffffff;--ink:#1f2328;--soft:#59636e;--grid:#dfe3e8;
      --raw:#9aa4af;--fit:#0550ae;--band:#f2b134;--middle:#9a4a00;--score:#b3261e;--line:#d1d9e0}
      @media(prefers-color-scheme:dark){:root{--page:#0f1419;--ink:#e6edf3;--soft:#a3adb8;
      --grid:#2b323a;--raw:#6e7884;--fit:#79c0ff;--band:#c08a1e;--middle:#ffb77c;--score:#ff8a80;
      --line:#3a424b}}
      @media print{:root{color-scheme:light;--page:#ffffff;--ink:#000000;--soft:#444444;
      --grid:#dddddd;--raw:#999999;--fit:#0550ae;--band:#f2b134;--middle:#9a4a00;--score:#b3261e;
      --line:#bbbbbb}}
      .page{fill:var(--page)}
      .grid{stroke:var(--grid);fill:none}
      .zero{stroke:var(--soft);fill:none}
      .raw{stroke:var(--raw);fill:none;stroke-width:1;stroke-linejoin:round}
      .rest{stroke:var(--raw);fill:none;stroke-width:1;stroke-linejoin:round}
      .fit{stroke:var(--fit);fill:none;stroke-width:2;stroke-linejoin:round}
      .band{fill:var(--band);fill-opacity:.3}
      .middle{stroke:var(--middle);stroke-width:1.5;stroke-dasharray:4 3;fill:none}
      .interval{stroke:var(--middle);stroke-width:5;fill:none}
      .change{stroke:var(--soft);stroke-width:1.5;stroke-dasharray:1 3;fill:none}
      .bar{fill:var(--raw)}
      .score{stroke:var(--score);stroke-width:2;fill:none}
      .dot{fill:var(--fit)}
      text{font:12px system-ui,sans-serif;fill:var(--ink)}
      .tick{fill:var(--soft)}
      .label{fill:var(--middle);font-weight:600}
      .observed{fill:var(--score);font-weight:600}
      .title{font-size:18px;font-weight:600}
      .heading{font-size:14px;font-weight:600}
      """;

  /** Of the page around them. */
  static final String PAGE =
      """
      html{background:var(--page);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
      body{max-width:880px;margin:0 auto;padding:24px 16px}
      h1{font-size:24px;margin:0 0 4px}
      h2{font-size:19px;margin:40px 0 4px;border-top:1px solid var(--line);padding-top:24px}
      h3{font-size:15px;margin:28px 0 0}
      p{margin:6px 0}
      .soft,figcaption{color:var(--soft)}
      svg{max-width:100%;height:auto;display:block}
      figure{margin:8px 0}
      .scroll{overflow-x:auto}
      table{border-collapse:collapse;margin:12px 0;font-size:13px}
      th,td{text-align:left;padding:3px 14px 3px 0;border-bottom:1px solid var(--line);
      vertical-align:top}
      th{color:var(--soft);font-weight:600}
      .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
      .words{min-width:240px}
      tr:has(+.below) td{border-bottom:0;padding-bottom:0}
      .below td{color:var(--soft)}
      @media print{html{font-size:11px}body{max-width:none;padding:0}
      figure,tr,section{break-inside:avoid}svg{max-width:68%}
      figure+figure svg{max-width:36%}h2,h3{break-after:avoid}.scroll{overflow:visible}
      table{font-size:9px}th,td{padding-right:7px}.words{min-width:0}}
      """;

  private Styles() {}
}
