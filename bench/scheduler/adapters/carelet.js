// <care-scheduler> on plain FHIR resources. What each rival maps to its events is mapped to Appointments here, in the same place.
import '../../../src/define/scheduler.ts';

const appointment = ({ id, start, end, title, type, resourceId }) => ({
  resourceType: 'Appointment',
  id,
  status: 'booked',
  start: `${start}:00Z`,
  end: `${end}:00Z`,
  serviceType: [{ text: type }],
  participant: [
    { actor: { reference: `Patient/of-${id}`, display: title }, status: 'accepted' },
    ...(resourceId ? [{ actor: { reference: `Practitioner/${resourceId}` }, status: 'accepted' }] : []),
  ],
});
const practitioner = ({ id, title }) => ({ resourceType: 'Practitioner', id, name: [{ text: title }] });
const dayFrom = (date, days) => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

export default {
  async setup(container, { date, view, resources, events }) {
    const element = document.createElement('care-scheduler');
    const providers = resources.map(practitioner);
    // Australian English: its week begins on Monday, as the data do.
    Object.assign(element, { lang: 'en-AU', date, view, timeZone: 'UTC', hourCycle: 'h23', refreshEvery: 0, related: providers });
    if (resources.length > 0) Object.assign(element, { columns: 'provider', providers });
    element.appointments = events.map(appointment);
    element.style.blockSize = '100%';
    container.append(element);
    await element.updateComplete;
    return { element, events: new Map(events.map((event) => [event.id, event])) };
  },

  async update({ element, events }, change) {
    if (change.type === 'next' || change.type === 'prev')
      element.date = dayFrom(element.date, (change.type === 'next' ? 1 : -1) * (element.view === 'week' ? 7 : 1));
    else if (change.type === 'replace') element.appointments = change.data.events.map(appointment);
    else {
      const moved = appointment({ ...events.get(change.id), start: change.start, end: change.end });
      element.appointments = element.appointments.map((each) => (each.id === moved.id ? moved : each));
    }
    await element.updateComplete;
  },

  text: ({ element }) => element.shadowRoot.textContent,
  async locate({ element }, id) {
    await element.scrollToAppointment(id);
    return element.shadowRoot.querySelector(`[data-key^="${id}@"]`);
  },
  scroller: ({ element }) => element.shadowRoot.querySelector('.scroll'),
  countShown: ({ element }) => element.shadowRoot.querySelectorAll('[part~="appointment"]').length,
  teardown: ({ element }) => element.remove(),
};
