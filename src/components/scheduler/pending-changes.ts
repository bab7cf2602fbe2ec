import type { Appointment } from '../../models/fhir/index.js';

/** Appointments as they will be, shown over those that the server has: a move that is being saved, or one that the host keeps. */
export class PendingChanges {
  readonly #changes = new Map<string, { appointment: Appointment; pending: boolean }>();
  #version = 0;

  /** Counts up with each change, so that what is drawn can tell. */
  get version(): number {
    return this.#version;
  }

  /** Whether an answer of the server is awaited. */
  get isSaving(): boolean {
    return [...this.#changes.values()].some(({ pending }) => pending);
  }

  get pendingIds(): ReadonlySet<string> {
    return new Set([...this.#changes].filter(([, { pending }]) => pending).map(([id]) => id));
  }

  set(id: string, appointment: Appointment, pending: boolean): void {
    this.#changes.set(id, { appointment, pending });
    this.#version++;
  }

  delete(id: string): void {
    if (this.#changes.delete(id)) this.#version++;
  }

  clear(): void {
    if (this.#changes.size === 0) return;
    this.#changes.clear();
    this.#version++;
  }

  over(appointments: readonly Appointment[]): readonly Appointment[] {
    if (this.#changes.size === 0) return appointments;
    return appointments.map((appointment) => this.#changes.get(appointment.id ?? '')?.appointment ?? appointment);
  }
}
