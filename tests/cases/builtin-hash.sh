# POSIX XCU hash. Judges list what they remember in other ways.

#### nothing is remembered at the start
hash

#### a program that ran is remembered
ls >/dev/null; hash | grep -c '/ls$'

#### a path is remembered once
ls >/dev/null; ls >/dev/null; hash | grep -c '/ls$'

#### hash with a name remembers it
hash ls; echo $?; hash | grep -c '/ls$'

#### hash with several names
hash ls cat; hash | grep -c -e '/ls$' -e '/cat$'

#### hash r forgets
hash ls; hash -r; echo $?; hash

#### a name that is nowhere fails
hash nosuch 2>/dev/null; echo $?

#### a name that is nowhere is said
hash nosuch; echo $?

#### a name that is nowhere keeps none from being remembered
hash nosuch ls 2>/dev/null; echo $?; hash | grep -c '/ls$'

#### built-ins need not be found
hash echo cd; echo $?

#### built-ins are not remembered
hash echo; hash

#### a name with a slash
hash /bin/ls; echo $?

#### a new PATH makes all forgotten
hash ls; PATH=$PATH:/nonexistent; hash

#### a program that was installed since is found by hash
mkdir a b; echo 'echo b' >b/new; chmod +x b/new; PATH=$PWD/a:$PWD/b:$PATH; new; echo 'echo a' >a/new; chmod +x a/new; new; hash new; new

#### a program that was installed since is found after hash r
mkdir a b; echo 'echo b' >b/new; chmod +x b/new; PATH=$PWD/a:$PWD/b:$PATH; new; echo 'echo a' >a/new; chmod +x a/new; hash -r; new

#### a program that may not be executed is not found
mkdir a; echo >a/new; PATH=$PWD/a:$PATH; hash new 2>/dev/null; echo $?

#### what a subshell remembers does not leak
(hash ls); hash

#### dash dash
hash -- ls; echo $?

#### hash knows no other option
(hash -Z) 2>/dev/null; test $? -ne 0 && echo failed

#### the list is sorted by name
## bash: its list has a heading and counts
## dash: its list has no order
hash wc ls cat; hash | sed 's:.*/::'

#### hash r and a name
## bash: its list has a heading and counts
## dash: forgets only
hash ls; hash -r cat; hash | sed 's:.*/::'

#### times prints two lines
times | grep -c -E '^[0-9]+m[0-9]+\.[0-9]+s [0-9]+m[0-9]+\.[0-9]+s$'

#### times takes no operands
## dash: passes over them
## bash: passes over them
(times x) 2>/dev/null; test $? -ne 0 && echo failed


#### assigning PATH forgets, even if it stays as it was
mkdir a b; echo 'echo b' >b/prog; chmod +x b/prog; PATH=$PWD/a:$PWD/b:$PATH
prog; echo 'echo a' >a/prog; chmod +x a/prog
PATH=$PATH; prog

#### a function is found
f() { :; }; hash f; echo $?
