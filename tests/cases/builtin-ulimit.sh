# POSIX XCU ulimit. Only limits that anybody may set; each case lowers them for itself.

#### the limit of files that are open
ulimit -n 100; ulimit -n

#### a limit holds for programs
ulimit -n 100; sh -c 'ulimit -n'

#### a limit of a subshell does not leak
ulimit -n 100; (ulimit -n 50; ulimit -n); ulimit -n

#### without H and S both limits are set
ulimit -n 100; ulimit -S -n; ulimit -H -n

#### S sets the soft limit only
ulimit -n 100; ulimit -S -n 60; ulimit -n; ulimit -H -n

#### H sets the hard limit only
ulimit -n 100; ulimit -S -n 60; ulimit -H -n 80; ulimit -S -n; ulimit -H -n

#### H and S set both
## dash: takes the last one
ulimit -H -S -n 90; ulimit -S -n; ulimit -H -n

#### letters may stand together
ulimit -n 100; ulimit -Sn 60; ulimit -Hn; ulimit -Sn

#### the soft limit is what is shown
ulimit -n 100; ulimit -Sn 60; ulimit -n

#### the soft limit may be raised to the hard one
ulimit -n 100; ulimit -Sn 60; ulimit -Sn 100; ulimit -n

#### the soft limit may not be above the hard one
ulimit -n 100; (ulimit -Sn 101) || echo failed; ulimit -n

#### the hard limit may not be below the soft one
ulimit -n 100; (ulimit -Hn 99) || echo failed; ulimit -Hn

#### the default is the size of files
ulimit 100; ulimit -f; ulimit

#### the size of files is in blocks of 512 bytes
ulimit -f 3; head -c 1536 /dev/zero >f && echo fits; wc -c <f

#### a program that writes too large a file is killed
## bash: does not say so
ulimit -c 0; ulimit -f 1; head -c 513 /dev/zero >f; test $? -ne 0 && echo failed; wc -c <f

#### unlimited is above every other limit
(ulimit -t 1000; ulimit -S -t unlimited) || echo failed

#### core files
ulimit -c 0; ulimit -c; ulimit -H -c

#### the stack is in KiB
ulimit -s 4096; ulimit -s; sh -c 'ulimit -s'

#### the data segment is in KiB
ulimit -d 1000000; ulimit -d

#### virtual memory is in KiB
ulimit -v 4000000; ulimit -v; sh -c 'ulimit -v'

#### processor time is in seconds
ulimit -t 1000; ulimit -t

#### locked memory is in KiB
ulimit -l 16; ulimit -l

#### resident memory is in KiB
ulimit -m 4000000; ulimit -m

#### file locks
## dash: calls them w
ulimit -x 100; ulimit -x

#### priorities and queues
## dash: does not know all of them
ulimit -e 0; ulimit -e; ulimit -r 0; ulimit -r; ulimit -q 4096; ulimit -q; ulimit -i 100; ulimit -i

#### processes of the user
## dash: calls them p
ulimit -u 1000; ulimit -u

#### the size of a pipe never changes
## dash: counts processes with p
ulimit -p; ulimit -p 3 || echo failed

#### real-time slice
## dash: does not know it
ulimit -R 5000; ulimit -R

#### several limits in one call
## dash: shows the last one
## bash: its names for them are others
ulimit -n 100; ulimit -c 0; ulimit -n -c

#### one limit at a time can be set
## dash: sets the last one
## bash: sets only the one that the value follows
ulimit -n 100; ulimit -c 0; (ulimit -c -n 50) || echo failed; ulimit -n

#### all limits have names and units
## dash: its names for them are others
## bash: its names for them are others
ulimit -n 100; ulimit -c 0; ulimit -s 4096; ulimit -a | grep -e 'open files' -e 'core file' -e 'stack' -e pipe

#### all limits are listed
## dash: knows fewer
ulimit -a | wc -l | tr -d ' '

#### a limit may be named soft or hard
## dash: knows only numbers
ulimit -n 100; ulimit -Sn 60; ulimit -Sn hard; ulimit -n; ulimit -Sn 50; ulimit -Hn soft; ulimit -Hn

#### a limit that is no number fails
ulimit -n 100; (ulimit -n abc) || echo failed; (ulimit -n 12x) || echo failed; ulimit -n

#### a negative limit fails
ulimit -n 100; (ulimit -n -5) || echo failed; ulimit -n

#### a limit too large for a number fails
## dash: takes what is left of it
(ulimit -n 99999999999999999999999) || echo failed; (ulimit -s 9999999999999999999) || echo failed

#### an unknown letter fails
(ulimit -Z) || echo failed

#### too many operands fail
## bash: passes over the others
(ulimit -n 100 200) || echo failed

#### all limits and a value fail
## bash: passes over the value
(ulimit -a 100) || echo failed

#### ulimit shows and sets
(ulimit -n 50; ulimit -n; ulimit -S -n 40; ulimit -Sn; ulimit -Hn); (ulimit -f 10; ulimit; ulimit -f); (ulimit -S -c 0; ulimit -c); ulimit -a >f && [ -s f ] && echo all; (ulimit -H -n 30; ulimit -S -n 31) 2>/dev/null || echo refused
