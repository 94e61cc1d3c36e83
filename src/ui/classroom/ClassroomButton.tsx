/** Entry of what the page shows of a class; loaded only where the server has one. */
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { ClassroomClient } from '../../client/classroomClient';
import { say } from '../../core/language/say';
import { Classroom } from '../../store/classroom';
import { OverPage } from '../OverPage';
import { useWorkbench } from '../useWorkbench';
import { ClassroomContext } from './useClassroom';
import { JoinForm } from './JoinForm';
import { MemberView } from './MemberView';
import { Problem } from './Problem';
import { TeacherView } from './TeacherView';
import './classroom.css';

/** Opens the class. A page that has not joined yet opens it by itself. */
export default function ClassroomButton() {
  const workbench = useWorkbench();
  const button = useRef<HTMLButtonElement>(null);
  const [classroom] = useState(() => {
    const client = new ClassroomClient((address, options) => fetch(address, options), null);
    return new Classroom(client, sessionStorage, () => performance.now());
  });
  useEffect(() => classroom.begin(workbench.store), [classroom, workbench]);
  const found = useStore(classroom.store, (state) => state.found);
  const role = useStore(classroom.store, (state) => state.role);
  const [open, setOpen] = useState(true);
  if (!found) return null;
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <ClassroomContext value={classroom}>
      <button ref={button} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {say('Classroom')}
      </button>
      {open && (
        <OverPage title={say('Classroom')} wide onClose={close}>
          <Problem />
          {role === null ? <JoinForm /> : role.teacher ? <TeacherView /> : <MemberView member={role.member} />}
        </OverPage>
      )}
    </ClassroomContext>
  );
}
