/** Entry of what the page shows of a class; loaded only where the server has one. */
import { useRef } from 'react';
import { useStore } from 'zustand';
import { ClassroomClient } from '../../client/classroomClient';
import { say } from '../../core/language/say';
import { Classroom } from '../../store/classroom';
import { OverPage } from '../OverPage';
import type { Workbench } from '../../store/workbench';
import { useWorkbench } from '../useWorkbench';
import { ClassroomContext } from './useClassroom';
import { JoinForm } from './JoinForm';
import { MemberView } from './MemberView';
import { Problem } from './Problem';
import { TeacherView } from './TeacherView';
import './classroom.css';

/** Opens the class. A page that has not joined yet opens it by itself. */
export default function ClassroomButton() {
  const classroom = classroomOf(useWorkbench());
  const button = useRef<HTMLButtonElement>(null);
  const found = useStore(classroom.store, (state) => state.found);
  const role = useStore(classroom.store, (state) => state.role);
  const shown = useStore(classroom.store, (state) => state.shown);
  if (!found) return null;
  const close = () => {
    classroom.show(false);
    button.current?.focus();
  };
  return (
    <ClassroomContext value={classroom}>
      <button ref={button} aria-haspopup="dialog" onClick={() => classroom.show(true)}>
        {say('Classroom')}
      </button>
      {shown && (
        <OverPage title={say('Classroom')} wide onClose={close}>
          <Problem />
          {role === null ? <JoinForm /> : role.teacher ? <TeacherView /> : <MemberView member={role.member} />}
        </OverPage>
      )}
    </ClassroomContext>
  );
}

/** A page is in one class, however often its views are made. */
const made = new WeakMap<Workbench, Classroom>();

function classroomOf(workbench: Workbench): Classroom {
  let classroom = made.get(workbench);
  if (!classroom) {
    const client = new ClassroomClient((address, options) => fetch(address, options), null);
    made.set(workbench, (classroom = new Classroom(client, sessionStorage, () => performance.now())));
    classroom.begin(workbench.store);
  }
  return classroom;
}
