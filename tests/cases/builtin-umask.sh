# POSIX XCU umask. A symbolic mode says what is allowed.

#### umask without operands prints four octal digits
umask 22; umask; umask 0; umask; umask 0777; umask

#### umask S prints what is allowed
umask 022; umask -S; umask 0; umask -S; umask 777; umask -S

#### umask S has nothing for a class without permissions
umask 0; umask u=,g=w,o=rwx; umask; umask -S

#### the mask counts for new files and directories
umask 027; echo >f; mkdir d; umask 0; echo >g; stat -c %a f d g

#### the mask counts for programs
umask 077; sh -c umask

#### the mask of a subshell does not leak
umask 022; (umask 077; umask); umask

#### the mask of a stage of a pipeline does not leak
umask 022; umask 077 | cat; umask

#### a symbolic mode of three clauses
umask 0; umask u=rwx,g=rx,o=; umask

#### plus allows
umask 077; umask g+rx; umask; umask o+r; umask

#### minus forbids
umask 0; umask o-w; umask; umask go-rx; umask

#### equals sets
umask 022; umask g=w; umask; umask o=; umask

#### a for all
umask 0; umask a=r; umask; umask a+x; umask

#### without a class all are meant
umask 022; umask =rx; umask

#### several classes in a clause
umask 0; umask ug=rx,o=x; umask

#### several actions in a clause
## bash: knows one action for a clause
umask 0; umask u-w-x,g-r; umask; umask 777; umask g+r+x; umask

#### an equals and a plus in a clause
## bash: knows one action for a clause
umask 022; umask u=r+x; umask

#### permissions of another class
## bash: knows only r, w and x
umask 037; umask o=g; umask; umask g=u; umask; umask u-o; umask

#### X is x where anybody may execute
## bash: knows only r, w and x
umask 077; umask g+X; umask; umask 0177; umask g+X; umask

#### X looks at the mode before all clauses
## bash: knows only r, w and x
umask 0177; umask u+x,g+X; umask

#### s and t are no part of a mask
## bash: knows only r, w and x
## dash: refuses t
umask 0; umask u=rws,o=rt; umask

#### an operator without permissions
umask 022; umask g=; umask; umask u+; umask; umask o-; umask

#### an octal number may have more bits than a mask
umask 1022; umask

#### a number that is not octal fails and changes nothing
umask 027; (umask 8) || echo failed; (umask 0x7) || echo failed; (umask 02a) || echo failed; umask

#### a mode that is none fails and changes nothing
umask 027; (umask u=q) || echo failed; (umask y=r) || echo failed; umask

#### no clause of a wrong mode counts
umask 027; umask o=r,g=q || echo failed; umask

#### a clause without an operator
umask 022; (umask u) || echo failed; (umask rwx) || echo failed

#### an empty clause
## dash: passes over it
umask 022; (umask u=rwx,) || echo failed; (umask ,u=r) || echo failed

#### an empty mode
## dash: changes nothing
umask 022; umask '' || echo failed; umask

#### a mode that begins with a minus stands after dash dash
umask 022; umask -- -r; umask

#### umask S with an operand prints nothing
## bash: prints the new mode
umask 022; umask -S 077; umask

#### umask p prints a command
## dash: does not know it
umask 022; umask -p; umask -p -S

#### umask knows no other option
(umask -q) || echo failed

#### umask takes one operand
## dash: passes over the others
## bash: passes over the others
(umask 022 033) || echo failed

#### umask, symbolic both ways
## bash: copies no classes
umask 022; umask -S; umask u=rwx,g=rx,o=; umask; umask g+w,o+r; umask; umask a-x; umask -S; umask =; umask; umask 777; umask -S; umask 077; umask g=u; umask
