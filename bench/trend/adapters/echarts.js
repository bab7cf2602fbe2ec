// deps: charts
import * as echarts from 'echarts/core';
import { LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent, MarkAreaComponent } from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';
echarts.use([LineChart, GridComponent, TooltipComponent, MarkAreaComponent, CanvasRenderer]);
export default {
  name: 'ECharts 6.1.0',
  setup(container, d) {
    const el = document.createElement('div');
    el.style.cssText = `width:${d.width}px;height:${d.height}px`;
    container.append(el);
    const chart = echarts.init(el);
    const points = d.x.map((x, i) => [x * 1000, d.y[i]]);
    chart.setOption({
      animation: false,
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'time' },
      yAxis: { name: 'mmol/L', scale: true },
      series: [
        {
          type: 'line',
          name: 'Glucose',
          showSymbol: false,
          lineStyle: { width: 1.5, color: '#2563eb' },
          data: points,
          markArea: { silent: true, itemStyle: { color: '#e8f5e9' }, data: [[{ yAxis: d.low }, { yAxis: d.high }]] },
        },
      ],
    });
    chart.getZr().flush(); // paint now, not in the next frame
    return { chart, points };
  },
  update({ chart, points }, [x, y]) {
    points.push([x * 1000, y]);
    chart.setOption({ series: [{ data: points }] });
    chart.getZr().flush();
  },
  teardown: ({ chart }) => chart.dispose(),
};
