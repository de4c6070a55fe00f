// Starts TLC inside a JVM that the workbench started. Contract: TLC's arguments, messages and exit code are TLC's own;
// the JVM opens no network port, ends with its parent, and tells its progress on standard error.

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.server.RMISocketFactory;

public final class WorkbenchLauncher {
    private static final long POLL_MILLISECONDS = 250;

    private WorkbenchLauncher() {}

    public static void main(String[] args) throws Exception {
        RMISocketFactory.setSocketFactory(new DeafSocketFactory());
        // No lambdas: the first one costs a JVM tens of milliseconds.
        startDaemon(new Thread("workbench parent") {
            @Override
            public void run() {
                endWithParent();
            }
        });
        startDaemon(new Thread("workbench progress") {
            @Override
            public void run() {
                tellProgress();
            }
        });
        tlc2.TLC.main(args);
    }

    private static void startDaemon(Thread thread) {
        thread.setDaemon(true);
        thread.start();
    }

    // The workbench holds the other end of our input; the kernel closes it even when the workbench is killed.
    private static void endWithParent() {
        InputStream input = System.in;
        byte[] ignored = new byte[256];
        try {
            while (input.read(ignored) >= 0) {}
        } catch (IOException closed) {
            // As good as the end of it.
        }
        // halt and not exit: a shutdown hook of a JVM that ran out of memory may never end.
        Runtime.getRuntime().halt(143);
    }

    // Reads counters that TLC keeps anyway. Its depth is not asked for: reading that one changes what is reported later.
    private static void tellProgress() {
        String last = "";
        try {
            while (true) {
                Thread.sleep(POLL_MILLISECONDS);
                Object checker = tlc2.TLCGlobals.mainChecker;
                if (checker == null) continue;
                String now = read(checker, "getStatesGenerated") + " " + read(checker, "getDistinctStatesGenerated")
                    + " " + read(checker, "getStateQueueSize");
                if (!now.equals(last)) System.err.println("@wb progress " + now);
                last = now;
            }
        } catch (Throwable failure) {
            // Progress is for the eyes only; a checker without counters must not disturb a run.
        }
    }

    private static long read(Object checker, String getter) throws ReflectiveOperationException {
        Method method = checker.getClass().getMethod(getter);
        method.setAccessible(true);
        return (Long) method.invoke(checker);
    }

    // TLC exports an RMI object that nobody calls. A port for it costs start-up time, and a thread in a native accept
    // delays the exit by 0.3 s; a thread that waits on a monitor does not.
    private static final class DeafSocketFactory extends RMISocketFactory {
        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return new Socket(host, port);
        }

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            return new ServerSocket() {
                @Override
                public int getLocalPort() {
                    return 1;
                }

                @Override
                public Socket accept() throws IOException {
                    synchronized (this) {
                        while (true) {
                            try {
                                wait();
                            } catch (InterruptedException interrupted) {
                                throw new IOException(interrupted);
                            }
                        }
                    }
                }
            };
        }
    }
}
