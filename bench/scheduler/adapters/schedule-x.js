// deps: schedule-x
import 'temporal-polyfill/global';
import { createCalendar, createViewDay, createViewWeek } from '@schedule-x/calendar';
import { createCalendarControlsPlugin } from '@schedule-x/calendar-controls';
import '@schedule-x/theme-default/dist/index.css';
const z = (s) => Temporal.PlainDateTime.from(s).toZonedDateTime('UTC');
const map = (e) => ({ id: e.id, start: z(e.start), end: z(e.end), title: e.title, calendarId: 'c' + e.color.slice(1) });
export default {
  name: 'Schedule-X 4.9.1',
  supports: (s) => (s.resources ? 'no resource view in the open-source packages (resource scheduler is a paid plugin)' : true),
  setup(container, data) {
    const el = document.createElement('div');
    el.style.height = '100%';
    container.append(el);
    el.classList.add('sx-react-calendar-wrapper');
    const controls = createCalendarControlsPlugin();
    const colors = [...new Set(data.events.map((e) => e.color))];
    const cal = createCalendar(
      {
        views: [createViewDay(), createViewWeek()],
        defaultView: data.view,
        selectedDate: Temporal.PlainDate.from(data.date),
        firstDayOfWeek: 1,
        timezone: 'UTC',
        dayBoundaries: { start: data.minTime, end: data.maxTime },
        weekOptions: { gridHeight: 1440, gridStep: 15, nDays: 7 },
        events: data.events.map(map),
        calendars: Object.fromEntries(
          colors.map((c) => [
            'c' + c.slice(1),
            { colorName: 'c' + c.slice(1), lightColors: { main: c, container: c, onContainer: '#fff' } },
          ]),
        ),
      },
      [controls],
    );
    cal.render(el);
    return { cal, el, controls, step: data.view === 'day' ? 1 : 7 };
  },
  update({ cal, controls, step }, a) {
    if (a.type === 'next' || a.type === 'prev') controls.setDate(controls.getDate().add({ days: a.type === 'next' ? step : -step }));
    else if (a.type === 'replace') cal.events.set(a.data.events.map(map));
    else {
      const e = cal.events.get(a.id);
      cal.events.update({ ...e, start: z(a.start), end: z(a.end) });
    }
  },
  locate: ({ el }, id) => el.querySelector(`[data-event-id="${id}"]`),
  draggable: false,
  countShown: ({ el }) => el.querySelectorAll('.sx__time-grid-event').length,
  teardown: ({ cal, el }) => {
    cal.destroy();
    el.remove();
  },
};
