import { X } from 'lucide-react';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import { Button, IconButton } from './Button.tsx';
import { cls } from './cls.ts';
import { SafeText } from './SafeText.tsx';
import styles from './Toast.module.css';
import { ToastList, type ToastMessage } from './toastList.ts';

const Toasts = createContext<ToastList | undefined>(undefined);

/** Holds the messages of everything inside, and draws them in the lower left corner. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [list] = useState(() => new ToastList());
  return (
    <Toasts value={list}>
      {children}
      <ToastRegion list={list} />
    </Toasts>
  );
}

/** The list that `show` and `dismiss` are called on. */
export function useToasts(): ToastList {
  const list = useContext(Toasts);
  if (list === undefined) throw new Error('useToasts needs a ToastProvider above it');
  return list;
}

function ToastRegion({ list }: { readonly list: ToastList }) {
  const messages = useSyncExternalStore(list.subscribe, list.snapshot);
  return (
    <section className={styles.region} aria-label="Messages" aria-live="polite">
      {messages.map((message) => (
        <Toast key={message.id} message={message} onGone={() => list.dismiss(message.id)} />
      ))}
    </section>
  );
}

function Toast({
  message,
  onGone,
}: {
  readonly message: ToastMessage;
  readonly onGone: () => void;
}) {
  const [held, setHeld] = useState(false);
  const stays = message.tone === 'problem' || held;
  useEffect(() => {
    if (stays) return undefined;
    const timer = setTimeout(onGone, 6000);
    return () => clearTimeout(timer);
  }, [stays, onGone]);
  return (
    <div
      className={cls(styles.toast, styles[message.tone])}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {message.tone === 'problem' && (
        <span className={styles.sign} aria-hidden="true">
          ▲
        </span>
      )}
      <SafeText className={styles.text} text={message.text} />
      {message.action !== undefined && (
        <Button
          kind="quiet"
          onPress={() => {
            message.action?.run();
            onGone();
          }}
        >
          {message.action.label}
        </Button>
      )}
      <IconButton icon={<X aria-hidden="true" />} label="Dismiss" onPress={onGone} />
    </div>
  );
}
