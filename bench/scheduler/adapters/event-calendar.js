// deps: event-calendar
import { createCalendar, destroyCalendar, TimeGrid, ResourceTimeGrid, Interaction } from '@event-calendar/core';
import '@event-calendar/core/index.css';
const map = (e) => ({
  id: e.id,
  start: e.start,
  end: e.end,
  title: e.title,
  resourceIds: e.resourceId ? [e.resourceId] : [],
  backgroundColor: e.color,
  classNames: ['b-' + e.id],
});
export default {
  name: 'EventCalendar 5.15',
  setup(container, data) {
    const res = data.resources.length > 0;
    const cal = createCalendar(container, [TimeGrid, ResourceTimeGrid, Interaction], {
      view: (res ? 'resourceTimeGrid' : 'timeGrid') + (data.view === 'day' ? 'Day' : 'Week'),
      date: data.date,
      firstDay: 1,
      height: '100%',
      slotMinTime: data.minTime,
      slotMaxTime: data.maxTime,
      slotDuration: data.slotMinutes * 60,
      allDaySlot: false,
      editable: true,
      datesAboveResources: true,
      resources: data.resources,
      events: data.events.map(map),
      headerToolbar: { start: 'title', center: '', end: 'prev,next' },
    });
    return { cal, container };
  },
  update({ cal }, a) {
    if (a.type === 'next') cal.next();
    else if (a.type === 'prev') cal.prev();
    else if (a.type === 'replace') cal.setOption('events', a.data.events.map(map));
    else {
      const e = cal.getEventById(a.id);
      cal.updateEvent({ ...e, start: a.start, end: a.end });
    }
  },
  locate: ({ container }, id) => container.querySelector('.b-' + id),
  countShown: ({ container }) => container.querySelectorAll('.ec-event').length,
  teardown: ({ cal }) => destroyCalendar(cal),
};
