// deps: fullcalendar6
import { Calendar } from '@fullcalendar/core';
import timeGrid from '@fullcalendar/timegrid';
import interaction from '@fullcalendar/interaction';
import resourceTimeGrid from '@fullcalendar/resource-timegrid';
const map = (e) => ({
  id: e.id,
  start: e.start,
  end: e.end,
  title: e.title,
  resourceId: e.resourceId ?? undefined,
  color: e.color,
  classNames: ['b-' + e.id],
});
export default {
  name: 'FullCalendar 6.1.21',
  setup(container, data) {
    const res = data.resources.length > 0;
    const el = document.createElement('div');
    el.style.height = '100%';
    container.append(el);
    const cal = new Calendar(el, {
      schedulerLicenseKey: 'CC-Attribution-NonCommercial-NoDerivatives',
      plugins: res ? [timeGrid, resourceTimeGrid, interaction] : [timeGrid, interaction],
      initialView: (res ? 'resourceTimeGrid' : 'timeGrid') + (data.view === 'day' ? 'Day' : 'Week'),
      initialDate: data.date,
      firstDay: 1,
      height: '100%',
      timeZone: 'UTC',
      slotMinTime: data.minTime,
      slotMaxTime: data.maxTime,
      slotDuration: { minutes: data.slotMinutes },
      allDaySlot: false,
      editable: true,
      datesAboveResources: true,
      resources: res ? data.resources : undefined,
      events: data.events.map(map),
      headerToolbar: { start: 'title', center: '', end: 'prev,next' },
    });
    cal.render();
    return { cal, el };
  },
  update({ cal }, a) {
    if (a.type === 'next') cal.next();
    else if (a.type === 'prev') cal.prev();
    else if (a.type === 'replace') cal.setOption('events', a.data.events.map(map));
    else cal.getEventById(a.id).setDates(a.start, a.end);
  },
  locate: ({ el }, id) => el.querySelector('.b-' + id),
  countShown: ({ el }) => el.querySelectorAll('.fc-timegrid-event').length,
  teardown: ({ cal, el }) => {
    cal.destroy();
    el.remove();
  },
};
